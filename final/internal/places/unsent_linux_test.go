package places

import (
	"net"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// Else the system would take megabytes of it, and a client that reads nothing
// would seem to read on.
func TestListener_boundsWhatTheSystemKeepsOfAnAnswer(t *testing.T) {
	t.Parallel()
	inner, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	l := New(1, func(net.Addr) string { return "" }).Listen(inner)
	t.Cleanup(func() { l.Close() })
	client, err := net.Dial("tcp", l.Addr().String())
	require.NoError(t, err)
	t.Cleanup(func() { client.Close() })
	require.NoError(t, client.(*net.TCPConn).SetReadBuffer(1))
	conn, err := l.Accept()
	require.NoError(t, err)
	require.NoError(t, conn.SetWriteDeadline(time.Now().Add(300*time.Millisecond)))
	taken, err := conn.Write(make([]byte, large))
	require.Error(t, err)
	assert.Less(t, taken, 4*unsentBytes, "bytes, though the client reads none")
}
