package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"example.com/authbook/05-deploy/internal/folder"
	"example.com/authbook/05-deploy/internal/load"
	"example.com/authbook/05-deploy/internal/testserver"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// field is an operator, a machine, and the way between them.
type field struct {
	t        *testing.T
	instance *instance
	sshd     *folder.SSHD
	home     string
	lookup   map[string]string // addresses by name
	typed    string            // at the keyboard
	printed  printed           // by the last command
	remarked bytes.Buffer      // by it, on standard error
}

// newField makes an operator and a fresh machine. Each test has its own, so they
// run side by side.
func newField(t *testing.T) *field {
	t.Parallel()
	return newFieldAlone(t)
}

// newFieldAlone is for a test with clients: they take all the time that there is, so other tests wait for its end.
func newFieldAlone(t *testing.T) *field {
	i := newInstance(t)
	s, home := newSSHD(t, i)
	return &field{t: t, instance: i, sshd: s, home: home, lookup: map[string]string{}}
}

// host is the machine as an operator names it.
func (f *field) host() string { return "admin@" + f.sshd.Address() }

// ship runs the command; revision and flaw are what a build makes of the tree.
func (f *field) ship(revision, flaw string, args ...string) error {
	f.t.Helper()
	return f.app(revision, flaw).run(f.t.Context(), args)
}

// app is the command, in the operator's hands.
func (f *field) app(revision, flaw string) *app {
	f.printed.Reset()
	f.remarked.Reset()
	return &app{
		stdin: strings.NewReader(f.typed), stdout: &f.printed, stderr: &f.remarked,
		ssh: filepath.Join(f.home, "ssh"), by: "jin@laptop",
		lookup: func(_ context.Context, name string) ([]string, error) {
			if addr := f.lookup[name]; addr != "" {
				return []string{addr}, nil
			}
			return nil, errors.New("no such host")
		},
		build: func(_ context.Context, arch string) (artifacts, error) { return f.build(revision, flaw, arch) },
	}
}

// deploy ships one build to the machine.
func (f *field) deploy(revision, flaw string) error {
	f.t.Helper()
	return f.ship(revision, flaw, "-url", f.instance.url, f.host())
}

// build makes releases that are scripts: they run the tests' binary in its role.
func (f *field) build(revision, flaw, arch string) (artifacts, error) {
	self, err := os.Executable()
	require.NoError(f.t, err)
	dir := f.t.TempDir()
	script := func(name, env string) artifact {
		path := filepath.Join(dir, name)
		text := fmt.Sprintf("#!/bin/sh\n# %s %s\nexport SHIP_TEST_ROLE=%s %s\nexec %s \"$@\"\n", arch,
			strings.Repeat("padding ", 100), name, env, self)
		writeProgram(f.t, path, text)
		a, err := newArtifact(path)
		require.NoError(f.t, err)
		return a
	}
	return artifacts{
		server:   script("final", "SHIP_TEST_REVISION="+revision+" SHIP_TEST_FLAW="+flaw),
		host:     script("host", ""),
		revision: revision,
		modified: strings.HasSuffix(revision, "changed"),
		remove:   func() {},
	}, nil
}

func TestShip_theFirstRunAndEveryLaterOneAreTheSame(t *testing.T) {
	skipUnlessLong(t)
	f := newField(t)
	require.NoError(t, f.deploy("one", ""))
	assert.Equal(t, "one", f.instance.revision())
	assert.Equal(t, []string{"authbook@a.service"}, f.instance.Running())
	assert.Equal(t, []string{"authbook.service", "authbook-http.socket", "authbook-https.socket",
		"authbook-backup.timer", "authbook-recent.timer"}, f.instance.AtBoot(),
		"it must come back after a reboot")
	assert.True(t, f.instance.IsActive("authbook.service"), "the sockets start it")
	assert.FileExists(t, filepath.Join(f.instance.Bin, "user"))
	secret := f.instance.file("etc/authbook/auth_secret")
	assert.GreaterOrEqual(t, len(secret), 43)
	info, err := os.Stat(filepath.Join(f.instance.root, "etc/authbook/auth_secret"))
	require.NoError(t, err)
	assert.Equal(t, os.FileMode(0o600), info.Mode().Perm())
	assert.Contains(t, f.instance.file("etc/systemd/system/authbook@.service"), "Type=notify")
	for _, want := range []string{"build for linux/amd64", "receive the release", "start one-", "ok      log in",
		"plain HTTP", "serves on 127.0.0.1, after"} {
		assert.Contains(t, f.printed.String(), want, "the operator follows each step")
	}
	assert.NotContains(t, f.printed.String(), strings.TrimSpace(secret))

	require.NoError(t, f.deploy("two", ""))
	assert.Equal(t, "two", f.instance.revision())
	assert.Equal(t, []string{"authbook@b.service"}, f.instance.Running(), "the old one has ended")
	assert.Equal(t, secret, f.instance.file("etc/authbook/auth_secret"), "a new secret would log everybody out")
	assert.Len(t, f.instance.tree("var/lib/authbook/backups"), 2, "a copy of the database from before the switch")

	require.NoError(t, f.deploy("two", ""), "the same release again restarts it")
	assert.Equal(t, "two", f.instance.revision())
	require.NoError(t, f.ship("", "", "rollback", f.host()))
	assert.Equal(t, "one", f.instance.revision(), "the one before is still another one")
}

func TestShip_goesBack(t *testing.T) {
	rows := []struct {
		name  string
		quick bool // runs when there is little time too
		flaw  string
		want  string
	}{
		{"from a release that crashes", true, crashes, "final: AUTH_SECRET is too short"},
		{"from a release that never becomes ready", false, neverReady,
			"did not become ready: it runs, and has not said so in time"},
		{"from a release that breaks the contract", true, string(testserver.ForgivesReuse),
			"a used refresh token is refused: expected 401 INVALID_TOKEN, got 200"},
		{"from a release that is not what was shipped", false, "wrong-revision", ""},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			if !row.quick {
				skipUnlessLong(t)
			}
			f := newField(t)
			f.instance.know("start-limit", "10s")
			if row.flaw == neverReady {
				f.instance.know("start-limit", "500ms")
			}
			flaw, want := row.flaw, row.want
			if flaw == "wrong-revision" {
				flaw, want = "\nSHIP_TEST_REVISION=other", "/version is other and not two"
			}
			t.Run("to nothing, on a fresh machine", func(t *testing.T) {
				err := f.deploy("two", flaw)
				require.ErrorContains(t, err, want)
				require.ErrorContains(t, err, "nothing runs, as before")
				assert.Empty(t, f.instance.Running())
				assert.Empty(t, f.instance.AtBoot())
				assert.Equal(t, []string{".", "host", "lock", "releases", "slots"}, f.instance.tree("opt/authbook"),
					"nothing half-installed")
				assert.Len(t, f.instance.tree("etc/systemd/system"), 1, "no unit stays")
				assert.NoFileExists(t, filepath.Join(f.instance.root, "etc/authbook/slot-a.env"))
			})
			t.Run("to the one before", func(t *testing.T) {
				f.instance.know("start-limit", "30s")
				require.NoError(t, f.deploy("one", ""), "the same command works once the cause is gone")
				before := f.instance.tree("opt/authbook")
				if row.flaw == neverReady {
					f.instance.know("start-limit", "500ms")
				}
				err := f.deploy("two", flaw)
				require.ErrorContains(t, err, want)
				require.ErrorContains(t, err, "serves, as before")
				assert.NotContains(t, err.Error(), "\n", "one line")
				assert.Equal(t, "one", f.instance.revision())
				assert.Equal(t, []string{"authbook@a.service"}, f.instance.Running())
				assert.Equal(t, before, f.instance.tree("opt/authbook"))
			})
		})
	}
}

// The address is asked for once; a later ship and the way back keep it.
func TestShip_remembersTheAddress(t *testing.T) {
	skipUnlessLong(t)
	f := newField(t)
	require.NoError(t, f.deploy("one", ""))
	require.NoError(t, f.ship("two", "", f.host()), "without -url the second time")
	assert.Equal(t, "PUBLIC_URL="+f.instance.url+"\n", f.instance.file("etc/authbook/slot-b.env"))

	err := f.ship("three", "", "-url", "http://127.0.0.1:1", f.host())
	require.ErrorContains(t, err, "no answer", "nobody is at this address")
	require.NoError(t, f.ship("three", "", f.host()), "the failed ship has left the address alone")
	assert.Equal(t, "three", f.instance.revision())
}

func TestShip_losesNoRequest(t *testing.T) {
	f := newFieldAlone(t)
	require.NoError(t, f.deploy("r0", ""))
	ships := 1
	if long() {
		ships = 10
	}
	clients := load.Start(f.instance.url)
	for i := range ships {
		require.NoError(t, f.deploy(fmt.Sprintf("r%d", i+1), ""))
	}
	require.Error(t, f.deploy("bad", string(testserver.NoSwagger)), "and one that goes back")
	answered, lost := clients.End()
	t.Logf("%d answered, %d lost", answered, lost)
	assert.Zero(t, lost, "of %d requests during %d ships and one way back", answered, ships)
	assert.Greater(t, answered, int64(500), "too few to show anything")
	assert.Equal(t, fmt.Sprintf("r%d", ships), f.instance.revision())
}

// long reports whether there is time for what takes longer, as in .ci/run full.
func long() bool { return os.Getenv("AUTHBOOK_TEST_LONG") != "" }

func skipUnlessLong(t *testing.T) {
	t.Helper()
	if !long() {
		t.Skip("it ships several times; set AUTHBOOK_TEST_LONG to run it")
	}
}

// The clients above can see a loss: a server that stops as most do makes one.
func TestShip_withoutTheDrainLosesRequests(t *testing.T) {
	f := newFieldAlone(t)
	require.NoError(t, f.deploy("r0", onlyShutsDown))
	clients := load.Start(f.instance.url)
	for i := 0; i < 10 && clients.Lost() == 0; i++ {
		require.NoError(t, f.deploy(fmt.Sprintf("r%d", i+1), onlyShutsDown))
	}
	answered, lost := clients.End()
	t.Logf("%d answered, %d lost", answered, lost)
	assert.NotZero(t, lost, "if nobody loses anything here, the test above shows nothing")
}

// tamper plays a trick with the next upload of a release.
func (f *field) tamper(trick func(stdin io.Reader, cut func()) io.Reader) {
	all := func(stdin io.Reader, cut func()) io.Reader { return &beforeUpload{stdin, trick, cut, false} }
	f.sshd.Tamper.Store(&all)
}

// beforeUpload passes on what comes before an upload.
type beforeUpload struct {
	io.Reader
	trick func(stdin io.Reader, cut func()) io.Reader // nil: the upload has begun
	cut   func()
	asked bool // the command of the upload has gone on: the upload comes next
}

func (b *beforeUpload) Read(p []byte) (int, error) {
	if b.asked && b.trick != nil {
		b.Reader, b.trick = b.trick(b.Reader, b.cut), nil
	}
	n, err := b.Reader.Read(p)
	b.asked = b.asked || bytes.Contains(p[:n], []byte("-sha256"))
	return n, err
}

func TestShip_survivesABadWay(t *testing.T) {
	skipUnlessLong(t)
	rows := []struct {
		name  string
		trick func(stdin io.Reader, cut func()) io.Reader
		want  string
	}{
		{"an upload that is damaged", func(stdin io.Reader, _ func()) io.Reader {
			first := make([]byte, 10)
			_, _ = io.ReadFull(stdin, first)
			first[9] ^= 1
			return io.MultiReader(bytes.NewReader(first), stdin)
		}, "the checksum is wrong"},
		{"a connection that breaks in the upload", func(stdin io.Reader, cut func()) io.Reader {
			first := make([]byte, 100)
			_, _ = io.ReadFull(stdin, first)
			cut()
			return bytes.NewReader(first)
		}, "broke off"},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			f := newField(t)
			require.NoError(t, f.deploy("one", ""))
			before := f.instance.tree("opt/authbook")
			f.tamper(row.trick)
			err := f.deploy("two", "")
			require.ErrorContains(t, err, row.want)
			assert.NotContains(t, err.Error(), "\n", "one line")
			f.untilDone()
			assert.Equal(t, "one", f.instance.revision(), "traffic has not moved")
			assert.Equal(t, before, f.instance.tree("opt/authbook"), "nothing half-installed")
			f.sshd.Tamper.Store(nil)
			require.NoError(t, f.deploy("two", ""), "the same command works once the cause is gone")
			assert.Equal(t, "two", f.instance.revision())
		})
	}
}

// The connection breaks after the switch, before the verdict: the machine goes
// back by itself.
func TestShip_isTakenBackWhenItsConnectionBreaks(t *testing.T) {
	f := newField(t)
	require.NoError(t, f.deploy("one", ""))
	f.tamper(func(stdin io.Reader, cut func()) io.Reader {
		return &verdictless{stdin, cut}
	})
	require.Error(t, f.deploy("two", ""))
	f.untilDone()
	assert.Equal(t, "one", f.instance.revision())
	assert.Equal(t, []string{"authbook@a.service"}, f.instance.Running())
}

// The power goes while the new release serves and nobody has found it good yet.
func TestShip_comesBackWithTheOldReleaseAfterAPowerCut(t *testing.T) {
	skipUnlessLong(t)
	f := newField(t)
	require.NoError(t, f.deploy("one", ""))
	current := make(chan string, 1)
	f.tamper(func(stdin io.Reader, cut func()) io.Reader {
		return &verdictless{stdin, func() {
			assert.Equal(t, "two", f.instance.revision(), "the new one answers")
			target, _ := os.Readlink(filepath.Join(f.instance.root, "opt/authbook/current"))
			current <- target
			cut()
		}}
	})
	require.Error(t, f.deploy("two", ""))
	assert.Equal(t, "slots/a", <-current, "what starts at boot must still be the old one")
	f.untilDone()
}

// verdictless passes the upload on and cuts the connection where the verdict
// would come.
type verdictless struct {
	io.Reader
	cut func()
}

func (v *verdictless) Read(p []byte) (int, error) {
	n, err := v.Reader.Read(p)
	if bytes.HasPrefix(p[:n], []byte("good")) {
		v.cut()
		return 0, io.EOF
	}
	return n, err
}

// untilDone waits until the machine has finished what ship began.
func (f *field) untilDone() {
	f.sshd.Commands.Lock()
	defer f.sshd.Commands.Unlock()
	f.sshd.Tamper.Store(nil)
}

func TestShip_onlyOneAtATime(t *testing.T) {
	f := newField(t)
	require.NoError(t, f.deploy("one", ""))
	var second error
	f.tamper(func(stdin io.Reader, _ func()) io.Reader {
		return &interrupted{stdin, sync.OnceFunc(func() {
			f.sshd.Tamper.Store(nil)
			assert.Eventually(t, func() bool { // the first one has the lock
				incoming, _ := filepath.Glob(filepath.Join(f.instance.root, "opt/authbook/releases/.incoming-*"))
				return incoming != nil
			}, 20*time.Second, 5*time.Millisecond)
			other := &field{t: t, instance: f.instance, sshd: f.sshd, home: f.home}
			second = other.deploy("three", "")
		})}
	})
	require.NoError(t, f.deploy("two", ""))
	require.ErrorContains(t, second, "another ship is at work on this machine; nothing was changed")
	assert.Equal(t, "two", f.instance.revision())
}

// interrupted lets something happen before the first byte.
type interrupted struct {
	io.Reader
	first func()
}

func (i *interrupted) Read(p []byte) (int, error) {
	i.first()
	return i.Reader.Read(p)
}
