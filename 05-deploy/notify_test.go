package deploy

import (
	"crypto/rand"
	"errors"
	"io"
	"net"
	"os"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"testing"

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
		require.NoError(t, say(row.socket, "nothing yet")) // comes last: Notify has returned
		heard := make([]byte, 100)
		n, err := manager.Read(heard)
		require.NoError(t, err)
		assert.Equal(t, row.state, string(heard[:n]),
			"the manager waits for exactly this text, and kills the server a minute later")
	})
}

// say sends a text of ours to a socket.
func say(socket, text string) error {
	conn, err := net.Dial("unixgram", socket)
	if err != nil {
		return err
	}
	_, err = io.WriteString(conn, text)
	return errors.Join(err, conn.Close())
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
	defer debug.SetGCPercent(debug.SetGCPercent(-1)) // the collector would close what is left open
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
