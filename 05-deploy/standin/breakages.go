//go:build unix

package main

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"fmt"
	"strconv"
	"strings"
	"time"
)

// breakage is one way in which a machine breaks.
type breakage struct {
	symptom string                             // what somebody reports who knows nothing of servers
	hints   []string                           // each tells more than the one before
	do      func(context.Context, *game) error // breaks it, and returns once that is felt
	also    func(context.Context, *game) error // what must hold beside all of [game.judge]; may be nil
	after   func(context.Context, *game) error // what follows the repair; may be nil
	domain  string                             // how its users know the server; "" by its address
	booted  string                             // why only a booted machine can break so; "": each can
}

func (b breakage) visitor(m machine) (visitor, error) {
	if b.domain == "" {
		return m.visitor(), nil
	}
	return visitorOf(m, b.domain)
}

// breakages are known by their numbers, which begin at 1: who plays must not read
// what they are. For that reason docs/game-day.md doesn't say it either.
var breakages = [...]breakage{
	{
		symptom: `"It works for a while. Then nothing comes, and some seconds later it works again.
This began tonight."`,
		hints: []string{
			"`ship status` says how often the server was restarted by itself, and how it ended last.",
			"`ship history` says what was done tonight. Since when does the release serve that `ship status` names?",
			"The release itself ends, some time after each start: `ship rollback`.",
		},
		do: crashLoop, also: staysUp,
	},
	{
		symptom: `"I am logged in and see everything. On my phone I can't log in: temporarily unavailable."`,
		hints: []string{
			"The server is alive, and not ready. `ship status` says why.",
			"A disk is full. The runbook says under \"The disk gets full\" how to find what fills it.",
			"`ssh HOST sudo ls -lS /var/lib/authbook`: the server never made `load-test.log`. Remove it.",
		},
		do: fullDisk, booted: "a machine in a folder has no disk of its own to fill",
	},
	{
		symptom: `"The browser warns me that somebody may want to steal my password. I did not go on."
This is about https://auth.example.com, which your computer has to know first: as root, add the line
"ADDRESS auth.example.com" to /etc/hosts, and let your shell trust the authority that signs for it:

  export SSL_CERT_FILE=FOLDER/game-root.pem

Let's Encrypt can't be reached from this machine before the morning.`,
		hints: []string{
			"`ship status` says which certificate is in use, and until when. When was it changed, and by what?",
			"`ship history` and `ship config`: the server keeps its certificates in another folder since tonight.",
			"The one in the folder that is the default is still good: `ship unset HOST CERT_DIR`.",
		},
		do: endedCertificate, also: servesCertificate, after: withoutDomain, domain: gameDomain,
		booted: "HTTPS is at port 443, which needs root, and so does a name for it",
	},
	{
		symptom: `"The page loads, and loads, and nothing comes." A colleague: "I only changed a number, by hand."`,
		hints: []string{
			"`ship status` says whether the server runs, and how it ended last.",
			"`ship logs` has its last words: they name a setting. `ship config` shows its value.",
			"`ship unset HOST RATE_LIMIT`, or `ship set` with a number.",
		},
		do: wrongSetting,
	},
	{
		symptom: `"Since a minute ago, nobody can log in." A colleague: "I have only tidied up the disk."`,
		hints: []string{
			"`ship status` says why the server is not ready.",
			"The file of the database is gone. The server still has the old one open, and what it writes goes with it. " +
				"The runbook says what comes first.",
			"Restart the slot that serves, on the machine: `sudo systemctl restart $SLOT`, with SLOT as the runbook says. " +
				"Then `ship restore HOST` with the newest copy of /var/lib/authbook/backups from before.",
		},
		do: lostDatabase,
	},
	{
		symptom: `"Everything works, but a log-in takes for ever. This began tonight."`,
		hints: []string{
			"`ship logs` says how long each request took. Compare the log-ins of now and of yesterday.",
			"`ship status` says that the machine has room and memory. `ship history` says what is new.",
			"The release itself is slow: `ship rollback`.",
		},
		do: slowRelease, also: isQuick,
	},
}

// numberOf reads the number of a breakage.
func numberOf(text string) (int, error) {
	number, err := strconv.Atoi(text)
	if err != nil || number < 1 || number > len(breakages) {
		return 0, fmt.Errorf("%q is no breakage; there are 1 to %d", text, len(breakages))
	}
	return number, nil
}

// host runs the agent as ship does, with its flags and its command. The history says
// that the night shift did it.
func (p *game) host(ctx context.Context, stdin, command string) error {
	_, err := p.machine.shell(ctx, strings.NewReader(stdin),
		fmt.Sprintf("export SHIP_BY='night shift'; host -default-url %s %s", p.machine.visitor().origin, command))
	return err
}

// shipWrapper ships a release that is the one which serves, and does something
// beside it whenever it is a server, and no command.
func (p *game) shipWrapper(ctx context.Context, beside string) error {
	served, err := p.machine.shell(ctx, nil, `readlink -f "$root/opt/authbook/slots/$slot/final"`)
	if err != nil {
		return err
	}
	wrapper := "#!/bin/sh\n[ $# -gt 0 ] || " + beside + " &\nexec " + quote(served) + " \"$@\"\n"
	version := strings.ToLower(rand.Text()[:12])
	return p.host(ctx, wrapper+"good\n", fmt.Sprintf("-version %s-%s -sha256 %x -size %d deploy",
		version[:6], version[6:], sha256.Sum256([]byte(wrapper)), len(wrapper)))
}

// crashLoop outlives the time for which a ship watches a release.
func crashLoop(ctx context.Context, p *game) error {
	if err := p.shipWrapper(ctx, "{ sleep 25; kill -SEGV $$; }"); err != nil {
		return err
	}
	return until(ctx, "it ends", func() bool {
		restarts, err := p.machine.shell(ctx, nil, "systemctl show --property=NRestarts --value authbook@$slot")
		return err == nil && restarts != "0" && p.visitor.ready(ctx) == nil
	})
}

// upFor is longer than the release of [crashLoop] lives.
const upFor = 30 * time.Second

// staysUp watches the server, which has lived for some time already.
func staysUp(ctx context.Context, p *game) error {
	const look = `echo "$(systemctl show --property=InvocationID --value authbook@$slot)"`
	first, err := p.machine.shell(ctx, nil, look)
	if err != nil {
		return err
	}
	for started := time.Now(); time.Since(started) < upFor; {
		select {
		case <-time.After(time.Second):
		case <-ctx.Done():
			return ctx.Err()
		}
		if now, err := p.machine.shell(ctx, nil, look); err != nil || now != first {
			return fmt.Errorf("the server has ended %s after this check began", time.Since(started).Round(time.Second))
		}
	}
	return nil
}

// fullDisk leaves nothing to the service's user. The restart gives the database a
// new write-ahead log, which needs room at once. fallocate complains where it gets
// less than it asked for, and keeps that.
func fullDisk(ctx context.Context, p *game) error {
	if _, err := p.machine.shell(ctx, nil, `
systemctl restart authbook@$slot
fallocate -l $(($(stat -f -c '%a*%S' /var/lib/authbook))) /var/lib/authbook/load-test.log || true`); err != nil {
		return err
	}
	return until(ctx, "it is not ready", func() bool { return p.visitor.ready(ctx) != nil })
}

// wrongSetting is written by hand, where nobody checks it.
func wrongSetting(ctx context.Context, p *game) error {
	if _, err := p.machine.shell(ctx, nil, `
echo 'RATE_LIMIT=10 a minute' >>"$root/etc/authbook/authbook.env"
systemctl restart authbook@$slot || true`); err != nil {
		return err
	}
	return until(ctx, "it does not serve", func() bool { return p.visitor.ready(ctx) != nil })
}

// lostDatabase leaves the copies alone, of which the newest has everybody.
func lostDatabase(ctx context.Context, p *game) error {
	if _, err := p.machine.shell(ctx, nil, `
host backup
rm "$root"/var/lib/authbook/authbook.db*`); err != nil {
		return err
	}
	return until(ctx, "it is not ready", func() bool { return p.visitor.ready(ctx) != nil })
}

// slowRelease lets its process sleep most of the time.
func slowRelease(ctx context.Context, p *game) error {
	const beside = "while sleep 0.03 && kill -STOP $$; do sleep 1; kill -CONT $$; done"
	if err := p.shipWrapper(ctx, beside); err != nil {
		return err
	}
	return until(ctx, "it is slow", func() bool { return isQuick(ctx, p) != nil })
}

// isQuick compares a log-in with one of before.
func isQuick(ctx context.Context, p *game) error {
	took, err := p.logIns(ctx)
	if err == nil && took > max(400*time.Millisecond, 5*p.LogIn) {
		err = fmt.Errorf("a log-in takes %s; it took %s before",
			took.Round(time.Millisecond), p.LogIn.Round(time.Millisecond))
	}
	return err
}
