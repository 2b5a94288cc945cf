//go:build unix

package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	deploy "example.com/authbook/05-deploy"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// field is a stand-in, and an operator with a ship that was built once.
type field struct {
	*testing.T
	machine machine
	guest   *guest // the same, where it is a booted one
	root    string // of the workbook
	shipAt  string // the program
	home    string // the operator's
}

func newOperator(t *testing.T) *field {
	root, err := filepath.Abs("../..")
	require.NoError(t, err)
	f := &field{T: t, root: root, shipAt: filepath.Join(t.TempDir(), "ship"), home: t.TempDir()}
	require.NoError(t, do(t.Context(), "go", "build", "-o", f.shipAt, "../ship"))
	f.ownSSH()
	return f
}

// newField boots a guest for an operator.
func newField(t *testing.T) *field {
	f := newOperator(t)
	var err error
	f.guest, err = newGuest(fmt.Sprintf("test%d", os.Getpid()%1e7))
	require.NoError(t, err)
	f.machine = f.guest
	t.Cleanup(func() {
		if t.Failed() {
			console, _ := os.ReadFile(f.guest.path("console.log"))
			t.Logf("console of the guest:\n%s", console[max(0, len(console)-4000):])
		}
		assert.NoError(t, f.guest.down(context.Background(), io.Discard))
	})
	f.up()
	return f
}

// ownSSH gives the operator an ssh that remembers hosts in this home: the program
// itself takes that of the account that runs it.
func (f *field) ownSSH() {
	path, err := exec.LookPath("ssh")
	require.NoError(f, err)
	config := "UserKnownHostsFile " + f.home + "/.ssh/known_hosts\n"
	require.NoError(f, os.WriteFile(filepath.Join(f.home, "ssh_config"), []byte(config), 0o600))
	script := "#!/bin/sh\nexec " + path + " -F " + f.home + "/ssh_config \"$@\"\n"
	require.NoError(f, os.WriteFile(filepath.Join(f.home, "ssh"), []byte(script), 0o700))
}

func (f *field) up() {
	f.Helper()
	started := time.Now()
	require.NoError(f, f.guest.up(f.Context(), os.Stdout))
	f.Logf("booted in %s", time.Since(started).Round(time.Millisecond))
}

// in makes the field that of a subtest.
func (f *field) in(t *testing.T) *field {
	inner := *f
	inner.T = t
	return &inner
}

// host is the machine as an operator names it.
func (f *field) host() string {
	words := strings.Fields(f.machine.shipCommand())
	return words[len(words)-1]
}

func (f *field) url() string { return f.machine.visitor().origin }

// sh runs a command on the guest over SSH, as its administrator would, and
// returns what it printed.
func (f *field) sh(command string) string {
	f.Helper()
	output, err := f.shell(command)
	require.NoErrorf(f, err, "%s\n%s", command, output)
	return output
}

func (f *field) shell(command string) (string, error) {
	output, err := f.guest.ssh(f.Context(), "sudo sh -c "+quote(command)).CombinedOutput()
	return strings.TrimSpace(string(output)), err
}

// release is what the tree is made to be for one build: a piece of Go that runs
// before the server does.
type release string

const (
	asItIs      release = ""
	crashes     release = `println("broken on purpose"); os.Exit(1)`
	neverReady  release = `time.Sleep(time.Hour)`
	wrongCookie release = `os.Setenv("PUBLIC_URL", "https://auth.example.com")`
)

// numbered is a good release unlike the others.
func numbered(n int) release { return release(fmt.Sprintf(`os.Setenv("NUMBER", "%d")`, n)) }

// source is a file of package main. It keeps the commands that a running server
// needs: a flaw shows in a server, not in admin and backup.
func (r release) source() string {
	return `package main

import (
	"os"
	"time"
)

var _ = time.Now

func init() {
	if len(os.Args) == 1 {
		` + string(r) + `
	}
}
`
}

// shipLimit is how long a ship may take, the build with an empty cache included.
const shipLimit = 10 * time.Minute

// operation is a running ship.
type operation struct {
	f       *field
	command *exec.Cmd
	ended   chan struct{}
	err     error

	mu      sync.Mutex
	printed bytes.Buffer
	waiting []waiting
}

type waiting struct {
	text string
	seen chan struct{}
}

// Write is ship's standard output.
func (o *operation) Write(p []byte) (int, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.printed.Write(p)
	o.wake()
	return len(p), nil
}

func (o *operation) wake() {
	for _, w := range o.waiting {
		if strings.Contains(o.printed.String(), w.text) {
			select {
			case <-w.seen:
			default:
				close(w.seen)
			}
		}
	}
}

// until returns once ship has printed text.
func (o *operation) until(text string) {
	o.f.Helper()
	w := waiting{text, make(chan struct{})}
	o.mu.Lock()
	o.waiting = append(o.waiting, w)
	o.wake()
	o.mu.Unlock()
	select {
	case <-w.seen:
	case <-o.ended:
		o.f.Fatalf("ship ended before it printed %q: %v\n%s", text, o.err, o.output())
	case <-time.After(shipLimit):
		o.f.Fatalf("ship does not print %q:\n%s", text, o.output())
	}
}

func (o *operation) output() string {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.printed.String()
}

// wait returns what ship complained about, and nil where its exit status is 0.
func (o *operation) wait() error {
	o.f.Helper()
	select {
	case <-o.ended:
		return o.err
	case <-time.After(shipLimit):
		_ = o.command.Process.Kill()
		o.f.Fatalf("ship does not end:\n%s", o.output())
		return nil
	}
}

// start starts ship with arguments; the release is what it would build.
func (f *field) start(r release, args ...string) *operation {
	f.Helper()
	o := &operation{f: f, ended: make(chan struct{})}
	o.command = exec.CommandContext(f.Context(), f.shipAt, append([]string{"-key", f.machine.path("key")}, args...)...)
	o.command.Dir = f.root
	o.command.Env = f.environment(r)
	var complaint bytes.Buffer
	o.command.Stdout, o.command.Stderr = o, &complaint
	require.NoError(f, o.command.Start())
	go func() {
		err := o.command.Wait()
		if _, ok := err.(*exec.ExitError); ok {
			err = errors.New(strings.TrimSpace(complaint.String()))
		}
		o.err = err
		close(o.ended)
	}()
	return o
}

// environment is the operator's. The go command sees the release through an
// overlay; the tree stays as it is.
func (f *field) environment(r release) []string {
	env := []string{"HOME=" + f.home, "SSH_AUTH_SOCK=", "PATH=" + f.home + ":" + os.Getenv("PATH")}
	for _, name := range []string{"GOCACHE", "GOMODCACHE", "GOPROXY", "GOSUMDB", "GOTOOLCHAIN"} {
		value, err := exec.Command("go", "env", name).Output()
		require.NoError(f, err)
		env = append(env, name+"="+strings.TrimSpace(string(value)))
	}
	if r != asItIs {
		dir := f.TempDir()
		source, overlay := filepath.Join(dir, "release.go"), filepath.Join(dir, "overlay.json")
		require.NoError(f, os.WriteFile(source, []byte(r.source()), 0o600))
		added := filepath.Join(f.root, "final", "zz_release.go")
		text, err := json.Marshal(map[string]any{"Replace": map[string]string{added: source}})
		require.NoError(f, err)
		require.NoError(f, os.WriteFile(overlay, text, 0o600))
		env = append(env, "GOFLAGS=-overlay="+overlay)
	}
	return append(os.Environ(), env...)
}

// ship runs a ship to its end and returns what it printed.
func (f *field) ship(r release, args ...string) (string, error) {
	f.Helper()
	o := f.start(r, args...)
	err := o.wait()
	return o.output(), err
}

// deploy ships a release and expects that it serves.
func (f *field) deploy(r release) string {
	f.Helper()
	printed, err := f.ship(r, f.host())
	require.NoErrorf(f, err, "%s", printed)
	return printed
}

// revision is the commit that the guest's server names.
func (f *field) revision() string {
	f.Helper()
	var v deploy.Version
	status, body := f.request("GET", "/version", "")
	require.Equal(f, 200, status)
	require.NoError(f, json.Unmarshal(body, &v))
	return v.Revision
}

func (f *field) request(method, path, body string) (status int, answer []byte) {
	f.Helper()
	req, err := http.NewRequestWithContext(f.Context(), method, f.url()+path, strings.NewReader(body))
	require.NoError(f, err)
	req.Header.Set("Content-Type", "application/json")
	req.Close = true
	res, err := http.DefaultClient.Do(req)
	require.NoError(f, err)
	defer res.Body.Close()
	answer, err = io.ReadAll(res.Body)
	require.NoError(f, err)
	return res.StatusCode, answer
}

// state is all of the guest that a failed ship must leave alone: what is
// installed, what serves, what starts at the next boot, and the settings. The
// host program is newer than a failed release may be, and backups are added.
func (f *field) state() string {
	f.Helper()
	return f.sh(`cd /opt/authbook; find . -path ./host -prune -o -printf '%p %l %s\n' | grep -v '^./lock' | sort
systemctl list-units --plain --no-legend 'authbook*' | awk '{print $1, $3}' | grep -v authbook-recent.service | sort
systemctl list-unit-files --plain --no-legend 'authbook*' | sort
cd /etc/authbook; sha256sum *; systemctl show --property=MainPID --value authbook@a authbook@b`)
}

// staysAsItWas runs what must fail, and expects that it says why in one line,
// that nothing has changed, and that the same ship works once the cause is
// gone.
func (f *field) staysAsItWas(fail func() error, repair func(), want string) {
	f.Helper()
	before := f.state()
	err := fail()
	repair()
	require.ErrorContains(f, err, want)
	assert.NotContains(f, err.Error(), "\n", "one line")
	f.Log(err)
	f.untilUnlocked()
	assert.Equal(f, before, f.state(), "nothing switched, nothing half-installed")
	status, _ := f.request("GET", "/readyz", "")
	assert.Equal(f, 200, status, "it serves, as before")
}

// untilUnlocked returns once no agent is at work.
func (f *field) untilUnlocked() {
	f.Helper()
	f.sh("flock --wait 90 /opt/authbook/lock true")
}
