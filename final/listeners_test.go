package main

import (
	"context"
	"io"
	"net"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// freePort is a port that nobody listens on.
func freePort(t *testing.T) string {
	t.Helper()
	listener, err := net.Listen("tcp", ":0")
	require.NoError(t, err)
	defer listener.Close()
	_, port, err := net.SplitHostPort(listener.Addr().String())
	require.NoError(t, err)
	return port
}

// Two variables that name one address are the operator's slip, and no other
// program is to blame.
func TestRun_refusesOneAddressForTwo(t *testing.T) {
	rows := []struct {
		name, addr, httpsAddr, adminAddr string // hosts; the port is the same
		first, second                    string // the variables to blame
	}{
		{"the same", "127.0.0.1", "", "127.0.0.1", "ADDR", "ADMIN_ADDR"},
		{"every address and one of them", "", "", "127.0.0.1", "ADDR", "ADMIN_ADDR"},
		{"one address and every one", "127.0.0.1", "", "", "ADDR", "ADMIN_ADDR"},
		{"every address of IPv4 and one", "0.0.0.0", "", "127.0.0.1", "ADDR", "ADMIN_ADDR"},
		{"one address by its name", "127.0.0.1", "", "localhost", "ADDR", "ADMIN_ADDR"},
		{"HTTPS and the metrics", "127.0.0.2", "127.0.0.1", "127.0.0.1", "HTTPS_ADDR", "ADMIN_ADDR"},
		{"HTTP and HTTPS", "", "127.0.0.1", "127.0.0.2", "ADDR", "HTTPS_ADDR"},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			port := freePort(t)
			env := map[string]string{
				"ADDR": row.addr + ":" + port, "ADMIN_ADDR": row.adminAddr + ":" + port,
				"DATABASE_URL": filepath.Join(t.TempDir(), "authbook.db"), "AUTH_SECRET": goodSecret,
			}
			if row.httpsAddr != "" {
				env["DOMAIN"], env["HTTPS_ADDR"] = domain, row.httpsAddr+":"+port
			}
			ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second) // one that starts all the same must not hang the test
			defer cancel()
			err := run(ctx, nil, environment(env), io.Discard, io.Discard)
			require.ErrorContains(t, err, row.first+" (")
			assert.Contains(t, err.Error(), " and "+row.second+" ("+env[row.second]+") overlap: choose another port")
			assert.NotContains(t, err.Error(), "\n", "one line")
			listener, err := net.Listen("tcp", env["ADDR"])
			require.NoError(t, err, "whoever refuses leaves the ports alone")
			require.NoError(t, listener.Close())
		})
	}
}

func TestOverlap(t *testing.T) {
	rows := []struct {
		name, open, wanted string
		want               bool
	}{
		{"another port", "127.0.0.1:1", "127.0.0.1:2", false},
		{"another address", "127.0.0.1:1", "127.0.0.2:1", false},
		{"IPv4 in the spelling of IPv6", "127.0.0.1:1", "[::ffff:127.0.0.1]:1", true},
		{"no address at all is every one", "192.0.2.1:1", ":1", true},
		{"all of IPv6 has IPv4 as well", "[::]:1", "127.0.0.1:1", true},
		{"all of IPv6, and one", "[::]:1", "[::1]:1", true},
		{"all of IPv4 has no IPv6", "0.0.0.0:1", "[::1]:1", false},
		{"nor the other way round", "[::1]:1", "0.0.0.0:1", false},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			open, err := net.ResolveTCPAddr("tcp", row.open)
			require.NoError(t, err)
			wanted, err := net.ResolveTCPAddr("tcp", row.wanted)
			require.NoError(t, err)
			assert.Equal(t, row.want, overlap(open, wanted))
		})
	}
	assert.False(t, overlap(&net.UnixAddr{Name: "/run/authbook.sock", Net: "unix"}, &net.TCPAddr{Port: 1}))
}
