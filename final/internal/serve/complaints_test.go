package serve

import (
	"bytes"
	"log/slog"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	deploy "example.com/authbook/05-deploy"
	"github.com/stretchr/testify/assert"
)

// Whoever connects and leaves, a thousand times a second, does not fill the log.
func TestComplaints_areBounded(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var out bytes.Buffer
		log := slog.New(slog.NewTextHandler(&out, nil))
		server := deploy.NewServer(nil, quieter(log))
		for range 1000 {
			server.ErrorLog.Print("http: TLS handshake error from 192.0.2.1:4711: EOF")
		}
		assert.Equal(t, complaintsAtOnce, strings.Count(out.String(), "\n"))
		assert.NotContains(t, out.String(), "left_out_before")

		time.Sleep(time.Second)
		out.Reset()
		server.ErrorLog.Print("http: TLS handshake error from 192.0.2.1:4711: EOF")
		assert.Contains(t, out.String(), "left_out_before=950")
		log.Info("a line of another kind")
		assert.Equal(t, 2, strings.Count(out.String(), "\n"))
	})
}
