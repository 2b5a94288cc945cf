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
	client, conn := connect(t)
	require.NoError(t, client.(*net.TCPConn).SetReadBuffer(1))
	require.NoError(t, conn.SetWriteDeadline(time.Now().Add(300*time.Millisecond)))
	taken, err := conn.Write(make([]byte, large))
	require.Error(t, err)
	assert.Less(t, taken, 4*unsentBytes, "bytes, though the client reads none")
}
