package testkit

import (
	"net"
	"testing"

	"github.com/stretchr/testify/require"
)

// FreePorts are ports of 127.0.0.1 that nothing listens on at this moment.
func FreePorts(t testing.TB, n int) (ports []int) {
	t.Helper()
	for range n {
		l, err := net.Listen("tcp", "127.0.0.1:0")
		require.NoError(t, err)
		defer l.Close()
		ports = append(ports, l.Addr().(*net.TCPAddr).Port)
	}
	return ports
}
