package testkit

import (
	"net"
	"testing"

	"github.com/stretchr/testify/require"
)

// FreePorts are ports of 127.0.0.1 that nothing listens on. Until the test ends the
// system gives them to nobody who asks for any port, see [Reserve].
func FreePorts(t testing.TB, n int) (ports []int) {
	t.Helper()
	for range n {
		l, err := net.Listen("tcp", "127.0.0.1:0")
		require.NoError(t, err)
		Reserve(t, l)
		require.NoError(t, l.Close())
		ports = append(ports, l.Addr().(*net.TCPAddr).Port)
	}
	return ports
}

// Reserve keeps a connection of the listener open until the test ends. When the
// listener has closed, the system gives its port to those alone who name it.
func Reserve(t testing.TB, l net.Listener) {
	t.Helper()
	client, err := net.Dial("tcp", l.Addr().String())
	require.NoError(t, err)
	t.Cleanup(func() { client.Close() })
	server, err := l.Accept()
	require.NoError(t, err)
	t.Cleanup(func() { server.Close() })
}
