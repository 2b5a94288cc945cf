package deploy

import (
	"crypto/rand"
	"net"
	"os"
	"path/filepath"
	"runtime"
	"testing"
	"time"

	"example.com/authbook/internal/exercise"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestNotify(t *testing.T) {
	type row struct {
		name   string
		socket string
		state  string
	}
	rows := []row{
		{"a socket that is a file hears READY", filepath.Join(t.TempDir(), "notify"), Ready},
		{"a socket that is a file hears STOPPING", filepath.Join(t.TempDir(), "notify"), Stopping},
		{"an abstract socket hears READY", "@authbook-test-" + rand.Text(), Ready},
	}
	exercise.Rows(t, "5.5", rows, func(t *testing.T, row row) {
		if row.socket[0] == '@' && runtime.GOOS != "linux" {
			t.Skip("only Linux has abstract sockets")
		}
		manager, err := net.ListenUnixgram("unixgram", &net.UnixAddr{Name: row.socket})
		require.NoError(t, err)
		defer manager.Close()
		require.NoError(t, Notify(environment(map[string]string{"NOTIFY_SOCKET": row.socket}), row.state))
		heard := make([]byte, 100)
		require.NoError(t, manager.SetReadDeadline(time.Now().Add(time.Second)))
		n, err := manager.Read(heard) // the datagram is there: Notify has returned
		require.NoError(t, err, "the manager heard nothing, and would kill the server a minute later")
		assert.Equal(t, row.state, string(heard[:n]), "the manager waits for exactly this text")
	})
}

func TestNotify_keepsNoDescriptor(t *testing.T) {
	exercise.Needs(t, "5.5")
	if runtime.GOOS != "linux" {
		t.Skip("only Linux lists a process's descriptors")
	}
	name := filepath.Join(t.TempDir(), "notify")
	manager, err := net.ListenUnixgram("unixgram", &net.UnixAddr{Name: name})
	require.NoError(t, err)
	defer manager.Close()
	open := func() int {
		all, err := os.ReadDir("/proc/self/fd")
		require.NoError(t, err)
		return len(all)
	}
	before := open()
	for range 8 {
		require.NoError(t, Notify(environment(map[string]string{"NOTIFY_SOCKET": name}), Ready))
	}
	assert.Less(t, open(), before+8, "each word to the manager would cost the server a connection of a client")
}

func TestNotify_withoutAManager(t *testing.T) {
	exercise.Needs(t, "5.5")
	require.NoError(t, Notify(environment(nil), Ready), "started by hand, the server tells nobody")
}

func TestNotify_saysWhenNobodyHears(t *testing.T) {
	exercise.Needs(t, "5.5")
	socket := filepath.Join(t.TempDir(), "gone")
	err := Notify(environment(map[string]string{"NOTIFY_SOCKET": socket}), Ready)
	require.ErrorContains(t, err, "NOTIFY_SOCKET: ", "a manager that never hears READY kills the server a minute later")
}
