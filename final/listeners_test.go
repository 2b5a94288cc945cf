package main

import (
	"context"
	"io"
	"net"
	"path/filepath"
	"strconv"
	"testing"
	"time"

	"example.com/authbook/final/internal/testkit"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

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
			port := strconv.Itoa(testkit.FreePorts(t, 1)[0])
			env := map[string]string{
				"ADDR": row.addr + ":" + port, "ADMIN_ADDR": row.adminAddr + ":" + port,
				"DATABASE_URL": filepath.Join(t.TempDir(), "authbook.db"), "AUTH_SECRET": testkit.Secret,
			}
			if row.httpsAddr != "" {
				env["DOMAIN"], env["HTTPS_ADDR"] = "auth.example.com", row.httpsAddr+":"+port
			}
			// A server that starts all the same must not hang the test.
			ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
			defer cancel()
			err := run(ctx, nil, testkit.Env(env), io.Discard, io.Discard)
			require.ErrorContains(t, err, row.first+" (")
			assert.Contains(t, err.Error(), " and "+row.second+" ("+env[row.second]+") overlap: choose another port")
			assert.NotContains(t, err.Error(), "\n", "one line")
			listener, err := net.Listen("tcp", env["ADDR"])
			require.NoError(t, err, "a server that refuses leaves the ports alone")
			require.NoError(t, listener.Close())
		})
	}
}
