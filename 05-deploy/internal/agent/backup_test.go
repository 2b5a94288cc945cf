package agent

import (
	"bufio"
	"bytes"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	deploy "example.com/authbook/05-deploy"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// The service's user can write in the folders of the copies. It must not get
// root to read a file for it, or to give one to it.

func TestMachine_fetchFollowsNoLinkOutOfTheCopies(t *testing.T) {
	m := newMachine(t)
	secret := m.path("secret")
	require.NoError(t, os.WriteFile(secret, []byte("secret"), 0o600))
	link := m.path(backups + "x.db")
	require.NoError(t, os.Symlink(secret, link))
	require.ErrorContains(t, copier{m}.fetch(backups+"x.db"), "escapes")

	var sent bytes.Buffer
	m.out = &sent
	require.NoError(t, os.Remove(link))
	require.NoError(t, os.WriteFile(link, []byte("copy"), 0o600))
	require.NoError(t, copier{m}.fetch(backups+"x.db"))
	assert.Equal(t, "copy", sent.String())
}

func TestMachine_receiveCopyGivesNoOtherFileAway(t *testing.T) {
	if os.Geteuid() != 0 {
		t.Skip("only root can give files away")
	}
	m := newMachine(t)
	playUser(t)
	secret := m.path("secret")
	require.NoError(t, os.WriteFile(secret, []byte("secret"), 0o600))
	before, err := os.Stat(secret)
	require.NoError(t, err)

	m.size = 1
	m.in = bufio.NewReader(readerFunc(func(p []byte) (int, error) {
		uploaded, err := filepath.Glob(m.path("var/lib/authbook/uploaded-*"))
		require.NoError(t, err)
		require.Len(t, uploaded, 1)
		require.NoError(t, os.Remove(uploaded[0]))
		require.NoError(t, os.Symlink(secret, uploaded[0]))
		return copy(p, "x"), io.EOF
	}))
	_, _ = copier{m}.receiveCopy(t.Context())
	after, err := os.Stat(secret)
	require.NoError(t, err)
	assert.Equal(t, before.Sys(), after.Sys())
}

func newMachine(t *testing.T) *machine {
	m := &machine{options: options{root: t.TempDir()}, out: io.Discard, remarks: io.Discard}
	require.NoError(t, os.MkdirAll(m.path(backups), 0o700))
	var err error
	m.layout, err = deploy.NewLayout(m.path("opt/authbook"))
	require.NoError(t, err)
	return m
}

// playUser makes chown take a number for the service's user, who need not exist
// on this machine.
func playUser(t *testing.T) {
	chown, err := exec.LookPath("chown")
	require.NoError(t, err)
	bin := t.TempDir()
	script := "#!/bin/sh\nexec " + chown + " $(echo \"$@\" | sed s/" + user + ":" + user + "/54321:54321/)\n"
	require.NoError(t, os.WriteFile(filepath.Join(bin, "chown"), []byte(script), 0o755))
	t.Setenv("PATH", bin+":"+os.Getenv("PATH"))
}

type readerFunc func([]byte) (int, error)

func (f readerFunc) Read(p []byte) (int, error) { return f(p) }
