package main

import (
	"context"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestLogs(t *testing.T) {
	skipUnlessLong(t)
	f := newField(t)
	require.NoError(t, f.deploy("one", ""))
	require.Error(t, f.deploy("two", killsItself))
	require.NoError(t, f.ship("", "", "logs", f.host()))
	assert.Contains(t, f.printed.String(), saysMuch+"\n")
	assert.Contains(t, f.printed.String(), " systemd: authbook@b.service: Main process exited, code=killed, status=9\n",
		"who is killed can't say so")
	require.NoError(t, f.ship("", "", "logs", f.host(), "--grep", "^nothing$"))
	assert.Empty(t, f.printed.String())
	require.ErrorContains(t, f.ship("", "", "logs", f.host(), "--sinse", "1h"), "flag provided but not defined: -sinse")

	folder := filepath.Join(f.instance.root, "var/log/authbook")
	require.NoError(t, os.MkdirAll(folder, 0o700))
	require.NoError(t, os.WriteFile(filepath.Join(folder, "audit-1.log"), []byte("login\nlogout\n"), 0o600))
	require.NoError(t, f.ship("", "", "logs", f.host(), "--audit", "-n", "1"))
	assert.Equal(t, "logout\n", f.printed.String())
}

// The operator interrupts, and on the machine nothing goes on.
func TestLogs_followUntilTheOperatorHasSeenEnough(t *testing.T) {
	f := newField(t)
	require.NoError(t, f.deploy("one", ""))
	ctx, interrupt := context.WithCancel(t.Context())
	f.printed.text, f.printed.then = saysMuch, sync.OnceFunc(interrupt)
	require.NoError(t, f.app("", "").run(ctx, []string{"logs", f.host(), "-f"}))
	f.untilDone()
}

func TestHistory(t *testing.T) {
	skipUnlessLong(t)
	f := newField(t)
	require.NoError(t, f.deploy("one", ""))
	require.Error(t, f.deploy("two", crashes))
	require.Error(t, f.ship("", "", "rollback", f.host()))
	require.NoError(t, f.ship("", "", "status", f.host()), "which changes nothing")
	require.NoError(t, f.ship("", "", "set", f.host(), "RATE_LIMIT=10"))
	require.NoError(t, f.ship("", "", "history", f.host()))
	assert.Regexp(t, `^20\S+ \S+  deploy one-\w{8}  by jin@laptop, as \S+  done
20\S+ \S+  deploy two-\w{8}  by jin@laptop, as \S+  FAILED: start two-\w{8} in slot b: .* serves, as before
20\S+ \S+  rollback   by jin@laptop, as \S+  FAILED: there is no earlier release .*
20\S+ \S+  set RATE_LIMIT  by jin@laptop, as \S+  done
$`, f.printed.String())
}
