//go:build unix

package main

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"
)

// judge returns what is not in order, whatever was broken. It looks at the state
// of the guest, and not at the way that led there.
func (p *game) judge(ctx context.Context) error {
	for _, look := range []func(context.Context) error{
		p.visitor.ready, p.hasRoom, p.startsAgain, p.keepsSettings, p.knowsItsUsers,
	} {
		if err := look(ctx); err != nil {
			return err
		}
	}
	return nil
}

// hasRoom wants a tenth of each disk to be free. That of a machine in a folder is
// somebody else's.
func (p *game) hasRoom(ctx context.Context) error {
	text, err := p.machine.shell(ctx, nil, `[ -n "$root" ] || df -P / /var/lib/authbook | tail -n +2 | tr -d %`)
	if err != nil {
		return err
	}
	for line := range strings.Lines(text) {
		fields := strings.Fields(line)
		if len(fields) < 6 {
			return fmt.Errorf("df says %q", line)
		}
		if used, err := strconv.Atoi(fields[4]); err != nil || used > 90 {
			return fmt.Errorf("the disk of %s is full to %s %%; a tenth must be free", fields[5], fields[4])
		}
	}
	return nil
}

// startsAgain wants the next boot to start the release that runs now, and a boot to
// start anything.
func (p *game) startsAgain(ctx context.Context) error {
	text, err := p.machine.shell(ctx, nil, `
systemctl is-active --quiet "authbook@$slot" || { echo "the slot that serves, $slot, does not run"; exit; }
systemctl is-enabled --quiet authbook.service authbook-http.socket authbook-https.socket ||
  { echo "nothing starts the server at the next boot"; exit; }
pid=$(systemctl show --property=MainPID --value "authbook@$slot")
runs=$(readlink "/proc/$pid/exe" || readlink -f "$(ps -o comm= -p "$pid")")
next=$(readlink -f "$root/opt/authbook/current/final")
[ "$runs" = "$next" ] || echo "what runs, $runs, is not what starts next time, $next"`)
	if err == nil && text != "" {
		err = errors.New(text)
	}
	return err
}

// keepsSettings wants the release to start again with the settings that are in the
// files.
func (p *game) keepsSettings(ctx context.Context) error {
	text, err := p.machine.shell(ctx, nil, `
systemd-run --quiet --pipe --wait --collect --property=User=authbook --property=UMask=0077 \
  --property=WorkingDirectory=/var/lib/authbook --property=LogsDirectory=authbook \
  --property=LogsDirectoryMode=0700 --property="Environment=DATABASE_URL=/var/lib/authbook/authbook.db \
  LOG_FORMAT=json AUDIT_DIR=/var/log/authbook" --property="EnvironmentFile=-/etc/authbook/slot-$slot.env" \
  --property=EnvironmentFile=-/etc/authbook/authbook.env \
  --property=LoadCredential=auth_secret:/etc/authbook/auth_secret \
  "$root/opt/authbook/current/final" check-config 2>&1 >/dev/null | tail -n 1`)
	if err == nil && strings.HasPrefix(text, "final: ") {
		err = fmt.Errorf("it can't start again with its settings: %s", text)
	}
	return err
}

// users are the names of those in the database that the settings lead to.
func (p *game) users(ctx context.Context) ([]string, error) {
	text, err := p.machine.shell(ctx, nil, "host admin list | tail -n +2") // the first line is a heading
	var names []string
	for line := range strings.Lines(text) {
		name, _, _ := strings.Cut(strings.TrimSpace(line), "  ")
		names = append(names, name)
	}
	return names, err
}

// knowsItsUsers wants everybody to be there, and one of them to get in. Who is not
// there does not try: a failed log-in counts.
func (p *game) knowsItsUsers(ctx context.Context) error {
	names, err := p.users(ctx)
	if err != nil {
		return err
	}
	there := false
	for _, name := range names {
		there = there || name == p.User
	}
	if !there || len(names) < p.Users {
		return fmt.Errorf("not all users are there: %d were, and %q was one of them", p.Users, p.User)
	}
	_, err = p.logIns(ctx)
	return err
}

// samples is how many log-ins are measured.
const samples = 5

// logIns logs in several times and returns how long one takes: the one in the middle,
// since a machine that is busy for a moment makes one of them long.
func (p *game) logIns(ctx context.Context) (time.Duration, error) {
	body := fmt.Sprintf(`{"username":%q,"password":%q}`, p.User, p.Secret)
	var took []time.Duration
	for range samples {
		started := time.Now()
		if err := p.visitor.expect(ctx, http.StatusOK, http.MethodPost, "/login", body); err != nil {
			return 0, fmt.Errorf("the log-in of %q: %w", p.User, err)
		}
		took = append(took, time.Since(started))
	}
	slices.Sort(took)
	return took[samples/2], nil
}

// until asks again and again until look returns true, for a minute at most.
func until(ctx context.Context, what string, look func() bool) error {
	ctx, cancel := context.WithTimeout(ctx, time.Minute)
	defer cancel()
	for !look() {
		select {
		case <-time.After(500 * time.Millisecond):
		case <-ctx.Done():
			return fmt.Errorf("%s: not within a minute", what)
		}
	}
	return nil
}
