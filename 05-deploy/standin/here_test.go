//go:build unix

package main

import (
	"bytes"
	"context"
	"crypto/sha256"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"testing"
	"time"

	"example.com/authbook/05-deploy/internal/folder"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestMain runs the tests, or plays one of the programs of a machine in a folder.
func TestMain(m *testing.M) {
	// Programs under the race detector would wait for a second at each exit.
	_ = os.Setenv("GORACE", "atexit_sleep_ms=0")
	if play, ok := folder.Roles()[filepath.Base(os.Args[0])]; ok {
		os.Exit(play(os.Args[1:]))
	}
	os.Exit(m.Run())
}

// startHere runs a machine in a folder until it is told to stop.
func startHere(t *testing.T, h *here) (stop func()) {
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	var printed bytes.Buffer
	go func() { ended <- h.up(ctx, &printed) }()
	runs := func() bool { return folder.Runs(h.dir) && h.read("ssh") != "" }
	require.Eventually(t, runs, 20*time.Second, 10*time.Millisecond)
	stop = func() {
		cancel()
		require.NoError(t, <-ended)
		assert.Contains(t, printed.String(), "until you press Ctrl-C")
	}
	t.Cleanup(cancel)
	return stop
}

// Who has no root gets a machine that keeps its ports and its keys, and goes without a
// trace.
func TestHere_comesUpAndGoes(t *testing.T) {
	h := &here{filepath.Join(t.TempDir(), "authbook")}
	require.ErrorContains(t, h.status(io.Discard), "there is no machine in a folder")
	stop := startHere(t, h)
	require.ErrorContains(t, h.up(t.Context(), io.Discard), "it runs already")
	require.ErrorContains(t, h.down(t.Context(), io.Discard), "end it first")
	command := h.shipCommand()
	assert.Regexp(t, `-fingerprint SHA256:\S{43} -url http://127.0.0.1:\d+ admin@127.0.0.1:\d+$`, command)
	text, err := h.shell(t.Context(), nil, `sudo systemctl is-active --quiet authbook@a || echo "$root is cold"`)
	require.NoError(t, err)
	assert.Equal(t, h.path("root")+" is cold", text)
	_, err = h.shell(t.Context(), nil, "systemctl list-timers")
	require.ErrorContains(t, err, "does no systemctl list-timers")
	stop()

	stop = startHere(t, h)
	assert.Equal(t, command, h.shipCommand(), "the host that ship knows is the same one")
	stop()
	require.NoError(t, h.down(t.Context(), io.Discard))
	assert.NoDirExists(t, h.dir)
}

// TestGameDay_here is the game day for who has no root. What such a machine can't show
// it refuses.
func TestGameDay_here(t *testing.T) {
	if os.Getenv("AUTHBOOK_TEST_LONG") == "" {
		t.Skip("set AUTHBOOK_TEST_LONG to run what takes minutes")
	}
	h := &here{filepath.Join(t.TempDir(), "authbook")}
	require.NoError(t, h.prepare())
	defer startHere(t, h)()
	f := newOperator(t)
	f.machine = h
	f.deployHere()
	printed, err := f.ship(asItIs, "-fingerprint", f.fingerprint(), "status", f.host())
	require.NoError(t, err, printed)
	for i, row := range gameRows {
		t.Run(row.name, func(t *testing.T) {
			if breakages[i].booted != "" {
				require.ErrorContains(t, breakIt(t.Context(), h, i+1, io.Discard), "needs a booted machine")
				return
			}
			f.in(t).play(i+1, row)
		})
	}
}

// fingerprint is what the command to ship says of the host key.
func (f *field) fingerprint() string {
	return regexp.MustCompile(`SHA256:\S+`).FindString(f.machine.shipCommand())
}

// deployHere does what ship does, without its build, which needs a clone.
func (f *field) deployHere() {
	root := f.machine.path("root/opt/authbook")
	require.NoError(f, os.MkdirAll(root, 0o755))
	require.NoError(f, do(f.Context(), "go", "build", "-o", filepath.Join(root, "host"), "../host"))
	server := filepath.Join(f.home, "final")
	require.NoError(f, do(f.Context(), "go", "build", "-o", server, "../../final"))
	binary, err := os.ReadFile(server)
	require.NoError(f, err)
	p := &game{machine: f.machine}
	require.NoError(f, p.host(f.Context(), string(binary)+"good\n",
		fmt.Sprintf("-version good-1 -sha256 %x -size %d deploy", sha256.Sum256(binary), len(binary))))
}

// Who has a machine in a folder means that one, whatever the command.
func TestChoose(t *testing.T) {
	t.Setenv("HOME", t.TempDir())
	t.Setenv("XDG_CACHE_HOME", "")
	rows := []struct {
		name        string
		there, here bool
		booted      bool
	}{
		{"none in a folder", false, false, true},
		{"one is wanted", false, true, false},
		{"one is there", true, false, false},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			if row.there {
				h, err := newHere("authbook")
				require.NoError(t, err)
				require.NoError(t, os.MkdirAll(h.dir, 0o700))
				require.NoError(t, os.WriteFile(h.path("http"), []byte("127.0.0.1:1\n"), 0o600))
			}
			m, err := choose("authbook", row.here)
			require.NoError(t, err)
			assert.Equal(t, row.booted, m.isBooted())
		})
	}
	_, err := choose("../other", true)
	require.ErrorContains(t, err, "is not a name")
}
