//go:build unix

package main

import (
	"bytes"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"testing"
	"testing/synctest"
	"time"

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

// answersAfter is a server that takes so long, one time after the other.
type answersAfter []time.Duration

func (a *answersAfter) RoundTrip(*http.Request) (*http.Response, error) {
	<-time.After((*a)[0])
	*a = (*a)[1:]
	return &http.Response{StatusCode: http.StatusOK, Body: http.NoBody}, nil
}

func TestIsQuick(t *testing.T) {
	const normal, slow = 100 * time.Millisecond, time.Second
	rows := []struct {
		name string
		took answersAfter
		want string
	}{
		{"as before", answersAfter{normal, normal, normal, normal, normal}, ""},
		{"a machine that stops once", answersAfter{normal, 3 * time.Second, normal, normal, normal}, ""},
		{"a slow release", answersAfter{slow, normal, slow, normal, slow}, "a log-in takes 1s; it took 100ms before"},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				v := visitor{"http://test", &http.Client{Transport: &row.took}}
				err := isQuick(t.Context(), &game{visitor: v, LogIn: normal})
				if row.want == "" {
					require.NoError(t, err)
					return
				}
				require.EqualError(t, err, row.want)
			})
		})
	}
}

// gameRow is a breakage, in the order of [breakages].
type gameRow struct {
	slow   bool // takes one to two minutes, and runs only at length
	name   string
	why    string // it isn't repaired, at first
	hide   func(*field)
	still  string // why that is no repair
	repair func(*field)
}

var gameRows = []gameRow{
	{true, "a crash loop", "the server has ended", restart, "the server has ended", rollBack},
	{false, "a full disk", "answered with 503", makeLittleRoom, "is full to", removeFiller},
	{true, "an ended certificate", "certificate has expired", seeItsEnd, `Get "https://auth`, backToTheGoodFolder},
	{false, "a wrong setting", "deadline exceeded", startWithoutSettings, "RATE_LIMIT must be a number", unset("RATE_LIMIT")},
	{false, "a lost database", "answered with 503", restart, "not all users are there", restoreNewest},
	{true, "a slow release", "a log-in takes", wakeIt, "is not what starts next time", rollBack},
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
	for i, row := range gameRows {
		t.Run(row.name, func(t *testing.T) {
			if row.slow && os.Getenv("AUTHBOOK_TEST_LONG") == "" {
				t.Skip("set AUTHBOOK_TEST_LONG to run what takes minutes")
			}
			f.in(t).play(i+1, row)
		})
	}
}

// play breaks, hides and repairs.
func (f *field) play(number int, row gameRow) {
	ctx := f.Context()
	var printed bytes.Buffer
	require.NoError(f, breakIt(ctx, f.machine, number, &printed))
	f.Log(printed.String())
	require.ErrorContains(f, breakIt(ctx, f.machine, number, io.Discard), "is open; repair it first")
	f.notYet(number, row.why)
	row.hide(f)
	f.notYet(number, row.still)
	row.repair(f)
	require.NoError(f, hint(ctx, f.machine, number, io.Discard))
	printed.Reset()
	require.NoError(f, check(ctx, f.machine, number, &printed))
	assert.Contains(f, printed.String(), "hints given: 1\n")
	require.ErrorContains(f, check(ctx, f.machine, number, io.Discard), "nothing is broken here")
}

func (f *field) notYet(number int, why string) {
	f.Helper()
	err := check(f.Context(), f.machine, number, io.Discard)
	require.ErrorContains(f, err, "not yet: ")
	require.ErrorContains(f, err, why)
	f.Log(err)
}

// does runs a script of the game on the machine.
func (f *field) does(script string) string {
	f.Helper()
	printed, err := f.machine.shell(f.Context(), nil, script)
	require.NoError(f, err, printed)
	return printed
}

func restart(f *field) { f.does("systemctl restart authbook@$slot") }

// done is a ship by somebody who knows the domain of the game.
func (f *field) done(args ...string) {
	f.Helper()
	operator := f
	if root, err := os.ReadFile(f.machine.path(rootFile)); err == nil {
		operator = f.knowing(root)
	}
	printed, err := operator.ship(asItIs, args...)
	require.NoErrorf(f, err, "%s", printed)
}

func rollBack(f *field) { f.done("rollback", f.host()) }

func unset(name string) func(*field) {
	return func(f *field) { f.done("unset", f.host(), name) }
}

func makeLittleRoom(f *field) { f.does("truncate --size=-40M /var/lib/authbook/load-test.log") }
func removeFiller(f *field)   { f.does("rm /var/lib/authbook/load-test.log") }

// seeItsEnd waits until the server has told of a certificate that has really ended, on
// sockets that systemd holds: the first look comes a minute after a start.
func seeItsEnd(f *field) {
	printed, err := f.ship(asItIs, "status", f.host())
	require.NoError(f, err)
	assert.Contains(f, printed, "THE CERTIFICATE HAS EXPIRED")
	require.Eventually(f, func() bool {
		printed, err = f.ship(asItIs, "logs", f.host(), "--grep", "the certificate is not renewed")
		return err == nil && printed != ""
	}, 2*time.Minute, time.Second)
	assert.Contains(f, printed, `"level":"ERROR"`)
	unset("DOMAIN")(f)
}

func backToTheGoodFolder(f *field) {
	f.done("unset", f.host(), "CERT_DIR")
	f.done("set", f.host(), "DOMAIN="+gameDomain)
	printed, err := f.ship(asItIs, "status", f.host())
	require.NoError(f, err)
	assert.Contains(f, printed, "ready     yes\n", "the machine itself trusts the certificate")
}

// startWithoutSettings leaves the next start as it was.
func startWithoutSettings(f *field) {
	f.does(`cd "$root/etc/authbook"
mv authbook.env aside; systemctl restart authbook@$slot; mv aside authbook.env`)
}

func restoreNewest(f *field) {
	restart(f)
	newest := f.does(`cd "$root/var/lib/authbook/backups"; ls -t manual-* | head -n 1`)
	f.done("restore", f.host(), "/var/lib/authbook/backups/"+newest)
}

func wakeIt(f *field) {
	f.does("main=$(systemctl show --property=MainPID --value authbook@$slot); pkill -P $main; kill -CONT $main")
}
