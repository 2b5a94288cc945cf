package deploy_test

import (
	"bufio"
	"context"
	"errors"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	deploy "example.com/authbook/05-deploy"
	"example.com/authbook/internal/problem"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// serve starts a server and returns its address, the switch that stops it, and
// a channel with what Serve returned.
func serve(t *testing.T, h http.Handler, drain deploy.Drain) (addr string, health *deploy.Health, stop func(), stopped chan error) {
	t.Helper()
	listener, err := deploy.Listen("127.0.0.1:0")
	require.NoError(t, err)
	ctx, cancel := context.WithCancel(t.Context())
	t.Cleanup(cancel)
	health = deploy.NewHealth(func(context.Context) error { return nil })
	stopped = make(chan error, 1)
	server := deploy.NewServer(h, slog.New(slog.DiscardHandler))
	go func() { stopped <- deploy.Serve(ctx, server, listener, health, drain) }()
	return listener.Addr().String(), health, cancel, stopped
}

// client is a raw connection that never retries, unlike http.Client.
type client struct {
	conn   net.Conn
	reader *bufio.Reader
}

func dial(t *testing.T, addr string) *client {
	t.Helper()
	conn, err := net.Dial("tcp", addr)
	require.NoError(t, err)
	t.Cleanup(func() { conn.Close() })
	return &client{conn, bufio.NewReader(conn)}
}

func (c *client) get(t *testing.T) *http.Response {
	t.Helper()
	_, err := io.WriteString(c.conn, "GET / HTTP/1.1\r\nHost: test\r\n\r\n")
	require.NoError(t, err)
	res, err := http.ReadResponse(c.reader, nil)
	require.NoError(t, err)
	_, err = io.Copy(io.Discard, res.Body)
	require.NoError(t, err)
	return res
}

var hello = http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, "hello") })

func TestServe_answersAnIdleConnectionThatWakesDuringTheDrain(t *testing.T) {
	addr, health, stop, stopped := serve(t, hello, deploy.Drain{Idle: time.Minute, Busy: time.Minute})
	idle := dial(t, addr)
	assert.False(t, idle.get(t).Close, "a running server keeps connections")

	stop()
	waitUntilDraining(t, health)
	res := idle.get(t)
	assert.Equal(t, http.StatusOK, res.StatusCode)
	assert.True(t, res.Close, "a draining server asks clients to leave")
	require.NoError(t, <-stopped, "with its last connection gone the server stops before the limit")
}

func TestServe_waitsForARequestInProgress(t *testing.T) {
	started, release := make(chan struct{}), make(chan struct{})
	slow := http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		close(started)
		<-release
		_, _ = io.WriteString(w, "done")
	})
	addr, health, stop, stopped := serve(t, slow, deploy.Drain{Idle: time.Millisecond, Busy: time.Minute})
	answered := make(chan int, 1)
	go func() {
		res, err := http.Get("http://" + addr)
		if err != nil {
			answered <- 0
			return
		}
		answered <- res.StatusCode
	}()
	<-started
	stop()
	waitUntilDraining(t, health)
	close(release)
	assert.Equal(t, http.StatusOK, <-answered)
	require.NoError(t, <-stopped)
}

func TestServe_givesUpOnARequestThatNeverEnds(t *testing.T) {
	started := make(chan struct{})
	endless := http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		close(started)
		<-r.Context().Done()
	})
	addr, _, stop, stopped := serve(t, endless, deploy.Drain{Idle: time.Millisecond, Busy: time.Millisecond})
	go func() { _, _ = http.Get("http://" + addr) }()
	<-started
	stop()
	require.ErrorContains(t, <-stopped, "still in progress")
}

func TestServe_doesNotWaitForIdleConnectionsForEver(t *testing.T) {
	addr, _, stop, stopped := serve(t, hello, deploy.Drain{Idle: time.Millisecond, Busy: time.Minute})
	dial(t, addr).get(t)
	stop()
	require.NoError(t, <-stopped)
}

func waitUntilDraining(t *testing.T, health *deploy.Health) {
	t.Helper()
	require.Eventually(t, func() bool { return status(t, health.Ready) == http.StatusServiceUnavailable },
		5*time.Second, time.Millisecond)
}

// status is the status with which a handler answers.
func status(t *testing.T, h func(http.ResponseWriter, *http.Request) error) int {
	t.Helper()
	rec := httptest.NewRecorder()
	if err := h(rec, httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/", nil)); err != nil {
		problem.Write(rec, err)
	}
	return rec.Code
}

func TestHealth(t *testing.T) {
	rows := []struct {
		name         string
		ping         error
		drain        bool
		alive, ready int
	}{
		{"a healthy server is alive and ready", nil, false, 200, 200},
		{"a draining server is alive and not ready", nil, true, 200, 503},
		{"without its database it is alive and not ready", errors.New("connection refused"), false, 200, 503},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			health := deploy.NewHealth(func(context.Context) error { return row.ping })
			if row.drain {
				health.Drain()
			}
			assert.Equal(t, row.alive, status(t, health.Alive))
			assert.Equal(t, row.ready, status(t, health.Ready))
		})
	}
}

func TestListen_errorsNameTheAddressAndTheWayOut(t *testing.T) {
	taken, err := deploy.Listen("127.0.0.1:0")
	require.NoError(t, err)
	defer taken.Close()
	addr := taken.Addr().String()

	_, err = deploy.Listen(addr)
	require.ErrorContains(t, err, "another program listens on "+addr+" already")
	_, err = deploy.Listen("nonsense")
	require.ErrorContains(t, err, `"nonsense"`)
}
