//go:build unix

package main

import (
	"bytes"
	"io"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestRun_takesTheNumberOfABreakage(t *testing.T) {
	rows := []struct {
		name string
		args []string
		want string
	}{
		{"none", []string{"break"}, "break takes the number of a breakage: standin break 1"},
		{"two", []string{"check", "1", "2"}, "check takes the number of a breakage"},
		{"one that there is not", []string{"hint", "7"}, `"7" is no breakage; there are 1 to 6`},
		{"nought", []string{"break", "0"}, `"0" is no breakage`},
		{"a word", []string{"break", "disk"}, `"disk" is no breakage`},
		{"another command", []string{"up", "1"}, "one command at a time"},
		{"an unknown one", []string{"repair", "1"}, `unknown command "repair"`},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			require.ErrorContains(t, run(t.Context(), row.args, io.Discard), row.want)
		})
	}
}

// TestGameDay breaks a booted machine in each way, and repairs it as the runbook
// says. What only hides the trouble is no repair.
func TestGameDay(t *testing.T) {
	if os.Getenv("AUTHBOOK_TEST_INSTANCE") == "" {
		t.Skip("it boots a machine, as root on Debian; .ci/instance runs it")
	}
	f := newField(t)
	require.ErrorContains(t, breakIt(t.Context(), f.guest, 1, io.Discard), "is a release shipped to it, on plain HTTP?")
	require.NoError(t, os.MkdirAll(filepath.Join(f.home, ".ssh"), 0o700))
	printed, err := f.ship(asItIs, "-fingerprint", f.guest.fingerprint(), f.host())
	require.NoError(t, err, printed)
	for i, row := range []struct {
		slow   bool // takes one to two minutes, and runs only at length
		name   string
		why    string // it isn't repaired, at first
		hide   func(*field)
		still  string // why that is no repair
		repair func(*field)
	}{
		{true, "a crash loop", "the server has ended", restartAll, "the server has ended", rollBack},
		{false, "a full disk", "answered with 503", makeLittleRoom, "is full to", removeFiller},
		{true, "an ended certificate", "certificate has expired", unset("DOMAIN"), `Get "https://auth`, backToTheGoodFolder},
		{false, "a wrong setting", "deadline exceeded", startWithoutSettings, "RATE_LIMIT must be a number", removeTheLine},
		{false, "a lost database", "answered with 503", restartAll, "not all users are there", restoreNewest},
		{true, "a slow release", "a log-in takes", wakeIt, "is not what starts next time", rollBack},
	} {
		t.Run(row.name, func(t *testing.T) {
			if row.slow && os.Getenv("AUTHBOOK_TEST_LONG") == "" {
				t.Skip("set AUTHBOOK_TEST_LONG to run what takes minutes")
			}
			f.in(t).play(i+1, row.why, row.still, row.hide, row.repair)
		})
	}
}

// play breaks, hides and repairs.
func (f *field) play(number int, why, still string, hide, repair func(*field)) {
	ctx := f.Context()
	var printed bytes.Buffer
	require.NoError(f, breakIt(ctx, f.guest, number, &printed))
	f.Log(printed.String())
	require.ErrorContains(f, breakIt(ctx, f.guest, number, io.Discard), "is open; repair it first")
	f.notYet(number, why)
	hide(f)
	f.notYet(number, still)
	repair(f)
	require.NoError(f, hint(ctx, f.guest, number, io.Discard))
	printed.Reset()
	require.NoError(f, check(ctx, f.guest, number, &printed))
	assert.Contains(f, printed.String(), "hints given: 1\n")
	require.ErrorContains(f, check(ctx, f.guest, number, io.Discard), "nothing is broken here")
}

func (f *field) notYet(number int, why string) {
	f.Helper()
	err := check(f.Context(), f.guest, number, io.Discard)
	require.ErrorContains(f, err, "not yet: ")
	require.ErrorContains(f, err, why)
	f.Log(err)
}

const slotVariable = `slot=authbook@$(basename "$(readlink /opt/authbook/current)").service; `

func restartAll(f *field) { f.sh(slotVariable + "systemctl restart $slot") }

// done is a ship by somebody who knows the domain of the game.
func (f *field) done(args ...string) {
	f.Helper()
	operator := f
	if root, err := os.ReadFile(f.guest.path(rootFile)); err == nil {
		operator = f.knowing(root)
	}
	printed, err := operator.ship(asItIs, args...)
	require.NoErrorf(f, err, "%s", printed)
}

func rollBack(f *field) { f.done("rollback", f.host()) }

func unset(name string) func(*field) {
	return func(f *field) { f.done("unset", f.host(), name) }
}

func makeLittleRoom(f *field) { f.sh("truncate --size=-40M /var/lib/authbook/load-test.log") }
func removeFiller(f *field)   { f.sh("rm /var/lib/authbook/load-test.log") }

func backToTheGoodFolder(f *field) {
	f.done("unset", f.host(), "CERT_DIR")
	f.done("set", f.host(), "DOMAIN="+gameDomain)
}

const dropIn = "/run/systemd/system/authbook@.service.d"

func startWithoutSettings(f *field) {
	f.sh(slotVariable + "mkdir -p " + dropIn + "; printf '[Service]\\nEnvironmentFile=\\n" +
		"EnvironmentFile=-/etc/authbook/slot-%%i.env\\n' >" + dropIn + "/game.conf; " +
		"systemctl daemon-reload; systemctl restart $slot")
}

func removeTheLine(f *field) {
	f.sh("rm -r " + dropIn + "; systemctl daemon-reload")
	f.done("unset", f.host(), "RATE_LIMIT")
}

func restoreNewest(f *field) {
	restartAll(f)
	newest := f.sh("ls -t /var/lib/authbook/backups/manual-* | head -n 1")
	f.done("restore", f.host(), newest)
}

func wakeIt(f *field) {
	f.sh(slotVariable + "main=$(systemctl show --property=MainPID --value $slot); pkill -P $main; kill -CONT $main")
}
