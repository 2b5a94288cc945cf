//go:build unix

package main

import (
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// diesWhenTold ends once a file is there.
const diesWhenTold release = `go func() {
		for {
			if _, err := os.Stat("/run/die"); err == nil {
				os.Exit(3)
			}
			time.Sleep(100 * time.Millisecond)
		}
	}()`

// Whichever way a release ends, ship says how, and of this release.
func releasesThatEnd(f *field) {
	for _, row := range []struct {
		r    release
		want string
	}{
		{crashes, "did not become ready: exit status 1: broken on purpose"},
		{`os.Exit(3)`, "did not become ready: exit status 3 — "},
		{`p, _ := os.FindProcess(os.Getpid()); _ = p.Kill(); select {}`, "did not become ready: killed by SIGKILL — "},
		{`panic("boom")`, "did not become ready: exit status 2: panic: boom — "},
	} {
		f.badRelease(row.r, row.want)
	}
	// It passes all checks, and dies when it is watched.
	f.staysServing(func() error {
		soon := f.start(diesWhenTold, f.host())
		soon.until("watch it for")
		f.sh("touch /run/die")
		return soon.wait()
	}, "watch it for 10s: it ended (exit status 3), and lost what clients had asked it")

	f.sh("rm /run/die")

	printed, err := f.ship(asItIs, "status", f.host())
	require.NoError(f, err)
	for _, want := range []string{"ready     yes\n", ", restarted 0 times by itself\n", "last exit exit status 3; ",
		" KiB free\n", "backup    "} {
		assert.Contains(f, printed, want)
	}
	printed, err = f.ship(asItIs, "logs", f.host(), "--grep", "Main process exited")
	require.NoError(f, err)
	assert.Regexp(f, `systemd: authbook@\w.service: Main process exited, code=killed, status=9/KILL`, printed)
	printed, err = f.ship(asItIs, "history", f.host())
	require.NoError(f, err)
	assert.Contains(f, printed, "FAILED: ")
}
