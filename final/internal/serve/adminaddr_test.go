package serve

import (
	"context"
	"log/slog"
	"net"
	"net/http"
	"testing"

	"example.com/authbook/final/internal/testkit"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// An operator who reads the log for errors must not be called at every stop.
func TestAdmin_anOrderlyStopIsNoError(t *testing.T) {
	log := &testkit.Log{}
	a := admin{"127.0.0.1:0", http.NotFoundHandler(), slog.New(slog.NewJSONHandler(log, nil))}
	for range 20 {
		listener, err := net.Listen("tcp", "127.0.0.1:0")
		require.NoError(t, err)
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		require.NoError(t, listener.Close()) // as RunConfig does on its way out
		a.serve(ctx, listener)
	}
	assert.NotContains(t, log.String(), `"level":"ERROR"`)
}
