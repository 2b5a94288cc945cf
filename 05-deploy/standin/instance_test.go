//go:build unix

package main

import (
	"crypto/ed25519"
	"crypto/rand"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"example.com/authbook/05-deploy/internal/agent"
	"example.com/authbook/05-deploy/internal/load"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/crypto/ssh"
	"golang.org/x/crypto/ssh/knownhosts"
)

// TestInstance does on a booted machine, with systemd, sshd and the template's
// own user-data, what the other tests of the chapter do in a folder. The rows
// build on each other: an instance is made once and then lives.
func TestInstance(t *testing.T) {
	if os.Getenv("AUTHBOOK_TEST_INSTANCE") == "" {
		t.Skip("it boots a machine, as root on Debian; .ci/instance runs it")
	}
	f := newField(t)
	rows := []struct {
		name string
		run  func(*field)
	}{
		{"the user-data prepares the machine", preparedMachine},
		{"before the first ship", beforeTheFirstShip},
		{"a host that is not known", unknownHost},
		{"the first ship", firstShip},
		{"the units, for systemd", unitsOnTheMachine},
		{"an idle server stops when it is told to", idleStop},
		{"Swagger UI in a browser", swaggerInABrowser},
		{"the other commands", otherCommands},
		{"the backup of the day", backupOfTheDay},
		{"the backup of the minute", backupOfTheMinute},
		{"ships under load lose nothing", shipsUnderLoad},
		{"releases that end", releasesThatEnd},
		{"a release that never becomes ready", func(f *field) { f.badRelease(neverReady, "has not said so in time") }},
		{"a release that breaks the contract",
			func(f *field) { f.badRelease(wrongCookie, "expected one cookie, named refresh") }},
		{"back to the release before", backToTheOneBefore},
		{"an operator who wants no Swagger UI", withoutSwagger},
		{"settings, and a closed door", func(f *field) { settingComesBack(f); closedForMaintenance(f) }},
		{"a flood of requests hides no audit record", floodHidesNobody},
		{"an upload that is damaged", damagedUpload},
		{"another host key", anotherHostKey},
		{"no permission", noPermission},
		{"an instance of another architecture", anotherArchitecture},
		{"two ships at once", twoAtOnce},
		{"a full root volume", fullRootVolume},
		{"a full data volume", fullDataVolume},
		{"the power is cut in the middle", powerCut},
		{"a network that breaks in the upload", brokenNetwork},
		{"a reboot", reboot},
		{"HTTPS for a domain", httpsByDomain},
	}
	for _, row := range rows {
		ok := t.Run(row.name, func(t *testing.T) { row.run(f.in(t)) })
		if !ok && row.name == "the first ship" {
			t.FailNow()
		}
	}
}

func preparedMachine(f *field) {
	assert.Contains(f, f.sh("cloud-init status --wait"), "status: done")
	assert.Contains(f, f.sh("cloud-init schema --system 2>&1"), "Valid", "cloud-init finds no fault in the user-data")
	assert.Equal(f, "", f.sh("systemctl --failed --plain --no-legend"))
	console, err := os.ReadFile(f.guest.path("console.log"))
	require.NoError(f, err)
	assert.NotContains(f, string(console), "WARNING")
	assert.Equal(f, "ext4 rw,nosuid,nodev,noexec,relatime",
		f.sh("findmnt -n -o FSTYPE,OPTIONS /var/lib/authbook | tr -s ' '"))
	assert.Equal(f, "authbook:/var/lib/authbook:/usr/sbin/nologin", f.sh("getent passwd authbook | cut -d: -f1,6,7"))
	assert.Contains(f, f.sh("journalctl --unit systemd-journald --no-pager | tail -n 1"), "max 1.0G",
		"however full the journal gets, there is room for the audit log")
	assert.Contains(f, f.sh("apt-config dump APT::Periodic::Unattended-Upgrade"), `"1"`, "security updates")
	sshd := f.sh("sshd -T")
	for _, want := range []string{"passwordauthentication no", "clientaliveinterval 15", "clientalivecountmax 3"} {
		assert.Contains(f, sshd, want)
	}
}

func beforeTheFirstShip(f *field) {
	require.NoError(f, os.MkdirAll(filepath.Join(f.home, ".ssh"), 0o700))
	_, err := f.ship(asItIs, "-fingerprint", f.guest.fingerprint(), "status", f.host())
	require.ErrorContains(f, err, "nothing is shipped to this machine yet")
	require.NoError(f, os.Remove(filepath.Join(f.home, ".ssh", "known_hosts")))
}

func unknownHost(f *field) {
	knownHosts := filepath.Join(f.home, ".ssh", "known_hosts")
	_, err := f.ship(asItIs, f.host())
	require.ErrorContains(f, err, "is not known; if "+f.guest.fingerprint()+" is right")
	assert.NoFileExists(f, knownHosts)

	_, err = f.ship(asItIs, "-fingerprint", "SHA256:"+strings.Repeat("A", 43), f.host())
	require.ErrorContains(f, err, f.guest.fingerprint()+", and -fingerprint says SHA256:AAA")
	assert.NoFileExists(f, knownHosts)
	assert.Equal(f, "", f.sh("ls /opt"), "nothing has come to the machine")
	// At its own hour, or ten minutes from here, it would be in the way of a ship.
	f.sh("mkdir -p /etc/systemd/system/authbook-backup.timer.d; cd /etc/systemd/system/authbook-backup.timer.d;" +
		" printf '[Timer]\\nOnCalendar=\\nOnActiveSec=1d\\n' >quiet.conf")
}

// commit is the one that the tree is at.
func (f *field) commit() string {
	f.Helper()
	text, err := exec.Command("git", "rev-parse", "HEAD").Output()
	require.NoError(f, err)
	return strings.TrimSpace(string(text))
}

func firstShip(f *field) {
	printed, err := f.ship(asItIs, "-fingerprint", f.guest.fingerprint(), f.host())
	require.NoErrorf(f, err, "%s", printed)
	assert.Regexp(f, `serves on \S+, after [0-9m.]+s\n$`, printed)
	f.Log(agent.LastLine(printed))
	assert.Equal(f, f.commit(), f.revision())
	assert.Equal(f, "600 root", f.sh("stat -c '%a %U' /etc/authbook/auth_secret"))
	assert.NotContains(f, printed, f.sh("cat /etc/authbook/auth_secret"))
	assert.Equal(f, "authbook", f.sh("stat -c %U /var/lib/authbook/authbook.db"), "on the data volume")
	assert.Contains(f, f.sh("systemctl show --property=Requires --value authbook@a"), "var-lib-authbook.mount",
		"without its volume it must not start on an empty folder")

	status, body := f.request("POST", "/signup", `{"username":"JIN HO","password":"12341234","nickname":"Mentos"}`)
	assert.Equalf(f, 201, status, "%s", body)
}

var exposurePattern = regexp.MustCompile(`Overall exposure level for \S+: ([0-9.]+)`)

func unitsOnTheMachine(f *field) {
	assert.Equal(f, "", f.sh("systemd-analyze verify --man=no"+
		" authbook@a.service authbook.service authbook-http.socket authbook-https.socket"+
		" authbook-backup.timer authbook-backup.service authbook-recent.timer authbook-recent.service 2>&1"))
	output := f.sh("systemd-analyze security --no-pager authbook@a.service")
	match := exposurePattern.FindStringSubmatch(output)
	require.NotNil(f, match, output)
	exposure, err := strconv.ParseFloat(match[1], 64)
	require.NoError(f, err)
	assert.LessOrEqual(f, exposure, 2.0)
	f.Logf("exposure %.1f", exposure)
}

// systemd prepares the sockets anew for each unit that gets them, and so for the
// starter beside a slot that serves. Were they blocking then, the slot would
// wait in accept for a request that does not come, until it is killed.
func idleStop(f *field) {
	const slot = `authbook@$(basename "$(readlink /opt/authbook/current)").service`
	f.sh("systemctl restart authbook.service && curl -fs http://127.0.0.1/healthz >/dev/null")
	f.sh("systemctl stop " + slot)
	assert.Equal(f, "success", f.sh("systemctl show --property=Result --value "+slot), "it had to be killed")
	f.sh("systemctl start " + slot)
	f.knowsItsUsers()
}

func otherCommands(f *field) {
	printed, err := f.ship(asItIs, "status", f.host())
	require.NoError(f, err)
	assert.Contains(f, printed, "address   "+f.url()+"\n")
	assert.Regexp(f, `serving   `+f.commit()[:12]+`\S* \(slot a, active\)`, printed)

	_, err = f.ship(asItIs, "admin", f.host(), "grant", "JIN HO")
	require.Error(f, err, "no administrator has the sample password")
	signUp := `{"username":"root","password":"four odd words","nickname":"Root"}`
	status, body := f.request("POST", "/signup", signUp)
	require.Equalf(f, 201, status, "%s", body)
	printed, err = f.ship(asItIs, "admin", f.host(), "grant", "root")
	require.NoError(f, err, printed)
	printed, err = f.ship(asItIs, "admin", f.host(), "list")
	require.NoError(f, err)
	assert.Regexp(f, `(?m)^root\b.*ADMIN`, printed)
	_, err = f.ship(asItIs, "admin", f.host(), "grant", "nobody here")
	require.Error(f, err, "the exit status is the command's own")

	printed, err = f.ship(asItIs, "backup", f.host())
	require.NoError(f, err)
	copied := strings.TrimSpace(printed)
	assert.Equal(f, "600 authbook", f.sh("stat -c '%a %U' "+copied))

	printed, err = f.ship(asItIs, "logs", f.host())
	require.NoError(f, err)
	assert.Contains(f, printed, `"msg"`)
	assert.NotContains(f, printed, "12341234")

	printed, err = f.ship(asItIs, "verify", f.url())
	require.NoError(f, err)
	assert.Contains(f, printed, "keeps the contract; it runs "+f.commit())
}

// badRelease ships one that must be taken back, while clients ask.
func (f *field) badRelease(r release, want string) {
	if r == neverReady { // The service's own limit is 30 s; nobody needs to wait for that here.
		f.sh("mkdir -p /run/systemd/system/authbook@.service.d; cd /run/systemd/system/authbook@.service.d;" +
			" printf '[Service]\\nTimeoutStartSec=4\\n' >limit.conf; systemctl daemon-reload")
		defer f.sh("rm -r /run/systemd/system/authbook@.service.d; systemctl daemon-reload")
	}
	clients := load.Start(f.url())
	f.staysServing(func() error { _, err := f.ship(r, f.host()); return err }, want)
	answered, lost := clients.End()
	f.Logf("%d answered, %d lost", answered, lost)
	assert.Zero(f, lost)
}

// staysServing is staysAsItWas for a release that may have served for a moment:
// the old one may be another process then.
func (f *field) staysServing(fail func() error, want string) {
	f.Helper()
	before := strings.TrimRight(f.state(), "0123456789\n")
	err := fail()
	require.ErrorContains(f, err, want)
	require.ErrorContains(f, err, "serves, as before")
	assert.NotContains(f, err.Error(), "\n", "one line")
	f.Log(err)
	assert.Equal(f, before, strings.TrimRight(f.state(), "0123456789\n"))
}

var releasePattern = regexp.MustCompile(`release   ([^,]+), served`)

func backToTheOneBefore(f *field) {
	printed, err := f.ship(asItIs, "status", f.host())
	require.NoError(f, err)
	releases := releasePattern.FindAllStringSubmatch(printed, -1)
	require.GreaterOrEqual(f, len(releases), 2, printed)

	printed, err = f.ship(asItIs, "rollback", f.host())
	require.NoError(f, err)
	assert.Contains(f, printed, "serving   "+releases[1][1]+" (slot")
	status, body := f.request("POST", "/login", `{"username":"JIN HO","password":"12341234"}`)
	assert.Equalf(f, 200, status, "%s", body)
}

// Through the real sshd and sudo, with a byte that is not what was meant.
func damagedUpload(f *field) {
	f.staysAsItWas(func() error {
		upload := f.guest.ssh(f.Context(),
			"sudo /opt/authbook/host -version damaged -sha256 "+strings.Repeat("0",
				64)+" -size 9 -default-url "+f.url()+" deploy")
		upload.Stdin = strings.NewReader("not what.")
		output, err := upload.CombinedOutput()
		require.Error(f, err)
		return fmt.Errorf("%s", agent.LastLine(string(output)))
	}, func() {}, "the checksum is wrong")
}

func anotherHostKey(f *field) {
	path := filepath.Join(f.home, ".ssh", "known_hosts")
	right, err := os.ReadFile(path)
	require.NoError(f, err)
	public, _, err := ed25519.GenerateKey(rand.Reader)
	require.NoError(f, err)
	wrong, err := ssh.NewPublicKey(public)
	require.NoError(f, err)
	f.staysAsItWas(func() error {
		require.NoError(f, os.WriteFile(path, []byte(knownhosts.Line([]string{f.guest.address()}, wrong)+"\n"), 0o600))
		_, err := f.ship(numbered(3), f.host())
		return err
	}, func() { require.NoError(f, os.WriteFile(path, right, 0o600)) }, "has changed: it is "+f.guest.fingerprint())
}

func noPermission(f *field) {
	f.sh("useradd --create-home --shell /bin/bash visitor; install -d -o visitor -m 700 /home/visitor/.ssh;" +
		" install -o visitor -m 600 /home/admin/.ssh/authorized_keys /home/visitor/.ssh/")
	ship := func(user string) func() error {
		return func() error { _, err := f.ship(numbered(3), user+"@"+f.guest.address()); return err }
	}
	f.staysAsItWas(ship("visitor"), func() {}, "visitor may not use sudo without a password")
	f.staysAsItWas(ship("stranger"), func() {}, "cannot log in to "+f.guest.address()+" as stranger")
	f.sh("userdel --remove visitor 2>/dev/null")
}

// A machine is asked what it is; here it lies.
func anotherArchitecture(f *field) {
	pretend := func(kind string) func() error {
		return func() error {
			f.sh(`printf '#!/bin/sh\necho "` + kind + `"\n' >/run/uname; chmod 755 /run/uname;` +
				` mount --bind /run/uname /usr/bin/uname`)
			_, err := f.ship(numbered(3), f.host())
			return err
		}
	}
	honest := func() { f.sh("umount /usr/bin/uname") }
	f.staysAsItWas(pretend("Linux riscv64"), honest, "ship knows Linux on x86_64 and aarch64")
	f.staysAsItWas(pretend("Linux aarch64"), honest, "does not run what was built for its architecture")
}

func twoAtOnce(f *field) {
	first := f.start(numbered(4), f.host())
	first.until("check http://")
	require.NoError(f, first.command.Process.Signal(syscall.SIGSTOP)) // it thinks about its verdict
	_, err := f.ship(numbered(5), f.host())
	require.ErrorContains(f, err, "another ship is at work on this machine; nothing was changed")
	assert.NotContains(f, err.Error(), "\n", "one line")
	_, err = f.ship(asItIs, "rollback", f.host())
	require.ErrorContains(f, err, "another ship is at work on this machine")
	require.NoError(f, first.command.Process.Signal(syscall.SIGCONT))
	require.NoErrorf(f, first.wait(), "%s", first.output())
	f.deploy(numbered(5))
}

func fullRootVolume(f *field) {
	f.staysAsItWas(func() error {
		f.sh("fallocate -l $(($(stat -f -c '%f*%S' /)-20000000)) /var/filler") // %f: root may use what is kept for it
		_, err := f.ship(numbered(6), f.host())
		return err
	}, func() { f.sh("rm /var/filler") }, "the disk of the machine is full")
	f.deploy(numbered(6))
}

// A backup comes before the switch, so a full data volume stops a ship in time.
func fullDataVolume(f *field) {
	f.staysAsItWas(func() error {
		f.sh("fallocate -l $(($(stat -f -c '%a*%S' /var/lib/authbook)-20000)) /var/lib/authbook/filler")
		_, err := f.ship(numbered(7), f.host())
		return err
	}, func() { f.sh("rm /var/lib/authbook/filler") }, "back up the database: ")
	f.deploy(numbered(7))
}

// network takes the guest's end of the cable out, and puts it in again.
func (f *field) network(in bool) {
	f.Helper()
	state := map[bool]string{true: "up", false: "down"}[in]
	require.NoError(f, do(f.Context(), "ip", "-n", f.guest.machine, "link", "set", "eth0", state))
	if in {
		require.NoError(f,
			do(f.Context(), "ip", "-n", f.guest.machine, "route", "add", "default", "via", f.guest.subnet+".1"))
		require.NoError(f, f.guest.untilReady(f.Context(), nil))
	}
}

func brokenNetwork(f *field) {
	f.staysAsItWas(func() error {
		broken := f.start(numbered(8), f.host())
		broken.until("receive the release")
		f.network(false)
		return broken.wait()
	}, func() { f.network(true) }, "broke off")
	f.deploy(numbered(8))
}

// The power goes after the new release serves and before it is found good.
func powerCut(f *field) {
	before := f.sh("readlink -f /opt/authbook/current/")
	cut := f.start(numbered(9), f.host())
	cut.until("check http://")
	require.NoError(f, f.guest.cutPower(f.Context()))
	require.Error(f, cut.wait())
	f.up()
	f.untilServing()
	assert.Equal(f, before, f.sh("readlink -f /opt/authbook/current/"), "the release that was found good")
	f.knowsItsUsers()
	f.deploy(numbered(9))
}

func reboot(f *field) {
	before := f.sh("readlink -f /opt/authbook/current/")
	const bootID = "cat /proc/sys/kernel/random/boot_id; systemctl show --property=UserspaceTimestampMonotonic"
	boot := f.sh(bootID)
	_, _ = f.shell("systemctl reboot") // the connection may break
	require.Eventually(f, func() bool {
		now, err := f.shell(bootID)
		return err == nil && now != boot
	}, bootLimit, 200*time.Millisecond, "it does not come back")
	f.untilServing()
	assert.Equal(f, before, f.sh("readlink -f /opt/authbook/current/"))
	assert.Equal(f, f.commit(), f.revision())
	f.knowsItsUsers()
}

func (f *field) untilServing() {
	f.Helper()
	f.sh("for i in $(seq 300); do curl -fs -m 5 http://127.0.0.1/readyz >/dev/null && exit 0; sleep 0.1; done; exit 1")
}

func (f *field) knowsItsUsers() {
	f.Helper()
	status, body := f.request("POST", "/login", `{"username":"JIN HO","password":"12341234"}`)
	assert.Equalf(f, 200, status, "%s", body)
	assert.Equal(f, "active", f.sh("systemctl is-active var-lib-authbook.mount"))
}
