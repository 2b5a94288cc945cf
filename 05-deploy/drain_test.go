package deploy

import (
	"bufio"
	"context"
	"errors"
	"io"
	"log/slog"
	"net"
	"net/http"
	"testing"
	"time"

	"example.com/authbook/internal/exercise"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// serve starts a server and returns its address, the switch that stops it, and
// a channel with what Serve returned.
func serve(t *testing.T, h http.Handler, drain Drain) (addr string, health *Health, stop func(), stopped chan error) {
	t.Helper()
	listener, err := Listen("127.0.0.1:0")
	require.NoError(t, err)
	health, stop, stopped = serveOn(t, listener, h, drain)
	return listener.Addr().String(), health, stop, stopped
}

func serveOn(
	t *testing.T, listener net.Listener, h http.Handler, drain Drain,
) (health *Health, stop func(), stopped chan error) {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	t.Cleanup(cancel)
	health = NewHealth(func(context.Context) error { return nil })
	stopped = make(chan error, 1)
	server := NewServer(h, slog.New(slog.DiscardHandler))
	require.NotNil(t, server, "a server is needed")
	go func() { stopped <- Serve(ctx, server, listener, health, drain) }()
	return health, cancel, stopped
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
	c.say(t, "GET / HTTP/1.1\r\nHost: test\r\n\r\n")
	return c.answer(t)
}

func (c *client) say(t *testing.T, text string) {
	t.Helper()
	_, err := io.WriteString(c.conn, text)
	require.NoError(t, err)
}

func (c *client) answer(t *testing.T) *http.Response {
	t.Helper()
	res, err := http.ReadResponse(c.reader, nil)
	require.NoError(t, err)
	_, err = io.Copy(io.Discard, res.Body)
	require.NoError(t, err)
	return res
}

var hello = http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, "hello") })

func TestServe(t *testing.T) {
	type row struct {
		name  string
		needs []string
		run   func(*testing.T)
	}
	needs := []string{"5.2", "5.3"}
	exercise.Rows(t, "5.6", []row{
		{"an idle connection that wakes during the drain is answered", needs, idleConnectionWakes},
		{"a request in progress is answered", needs, requestInProgress},
		{"a request that never ends is given up", needs, endlessRequest},
		{"an idle connection that sleeps on is left", needs, idleConnectionSleepsOn},
		{"new connections wait where somebody else holds the socket", needs, newConnectionsWait},
		{"a listener that breaks ends the server", needs, brokenListener},
		{"a listener that breaks during the stop is told", needs, listenerBreaksAtTheStop},
	}, func(t *testing.T, row row) { row.run(t) })
}

func idleConnectionWakes(t *testing.T) {
	addr, health, stop, stopped := serve(t, hello, Drain{Idle: time.Minute, Busy: time.Minute})
	idle := dial(t, addr)
	assert.False(t, idle.get(t).Close, "a running server keeps connections")

	stop()
	waitUntilDraining(t, health)
	res := idle.get(t)
	assert.Equal(t, http.StatusOK, res.StatusCode)
	assert.True(t, res.Close, "a draining server asks clients to leave")
	require.NoError(t, <-stopped, "with its last connection gone the server stops before the limit")
}

func requestInProgress(t *testing.T) {
	started, release := make(chan struct{}), make(chan struct{})
	slow := http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		close(started)
		<-release
		_, _ = io.WriteString(w, "done")
	})
	addr, health, stop, stopped := serve(t, slow, Drain{Idle: time.Millisecond, Busy: time.Minute})
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
	assert.Equal(t, http.StatusOK, <-answered, "who asked before the stop gets an answer")
	require.NoError(t, <-stopped)
}

func endlessRequest(t *testing.T) {
	started := make(chan struct{})
	endless := http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		close(started)
		<-r.Context().Done()
	})
	addr, _, stop, stopped := serve(t, endless, Drain{Idle: time.Millisecond, Busy: time.Millisecond})
	asked := make(chan error, 1)
	go func() {
		_, err := http.Get("http://" + addr)
		asked <- err
	}()
	<-started
	stop()
	require.ErrorContains(t, <-stopped, "still in progress", "a stop has an end, and says what it cost")
	select {
	case err := <-asked:
		require.Error(t, err)
	case <-time.After(5 * time.Second):
		t.Error("the connection is open yet, and its client waits for nobody")
	}
}

func idleConnectionSleepsOn(t *testing.T) {
	addr, _, stop, stopped := serve(t, hello, Drain{Idle: time.Millisecond, Busy: time.Minute})
	dial(t, addr).get(t)
	stop()
	require.NoError(t, <-stopped, "nobody is owed an answer")
}

// Our copy of the listener closes, the service manager's stays: a connection
// made meanwhile is answered by the next process.
func newConnectionsWait(t *testing.T) {
	held, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	defer held.Close()
	ours := closing{copyOf(t, held), make(chan struct{})}
	health, stop, stopped := serveOn(t, ours, hello, Drain{Idle: time.Minute, Busy: time.Minute})
	idle := dial(t, held.Addr().String())
	idle.get(t) // the server is at work
	stop()
	waitUntilDraining(t, health)
	waitUntil(t, ours.isClosed) // before that, the server takes what comes
	next := dial(t, held.Addr().String())
	idle.get(t) // and leaves
	require.NoError(t, <-stopped)

	_, _, _ = serveOn(t, copyOf(t, held), hello, Drain{})
	assert.Equal(t, http.StatusOK, next.get(t).StatusCode, "the connection waited in the socket")
}

// copyOf is a listener on the same socket, as a service manager hands it over.
func copyOf(t *testing.T, held net.Listener) net.Listener {
	t.Helper()
	file, err := held.(*net.TCPListener).File()
	require.NoError(t, err)
	defer file.Close()
	listener, err := net.FileListener(file)
	require.NoError(t, err)
	return listener
}

// closing is a listener that knows whether nobody accepts from it any more.
type closing struct {
	net.Listener
	closed chan struct{}
}

func (l closing) Accept() (net.Conn, error) {
	conn, err := l.Listener.Accept()
	if err != nil {
		close(l.closed)
	}
	return conn, err
}

func (l closing) isClosed() bool {
	select {
	case <-l.closed:
		return true
	default:
		return false
	}
}

func brokenListener(t *testing.T) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	listener.Close()
	_, _, stopped := serveOn(t, listener, hello, Drain{})
	require.ErrorIs(t, <-stopped, net.ErrClosed)
}

// breaking is a listener that fails when it is closed.
type breaking struct {
	net.Listener
	closed <-chan struct{}
	close  func() // again and again
}

func (l breaking) Close() error { l.close(); return nil }

func (l breaking) Accept() (net.Conn, error) {
	<-l.closed
	return nil, errors.New("the socket broke")
}

func listenerBreaksAtTheStop(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	_, stop, stopped := serveOn(t, breaking{closed: ctx.Done(), close: cancel}, hello, Drain{})
	stop()
	require.ErrorContains(t, <-stopped, "the socket broke", "it was no orderly stop")
}

func waitUntilDraining(t *testing.T, health *Health) {
	t.Helper()
	waitUntil(t, func() bool { return status(t, health.Ready) == http.StatusServiceUnavailable })
}

// waitUntil looks some thousand times whether something has happened. It counts no
// seconds: while a busy machine stops this test, it stops the server too.
func waitUntil(t *testing.T, happened func() bool) {
	t.Helper()
	for range 2000 {
		if happened() {
			return
		}
		<-time.After(time.Millisecond)
	}
	t.Fatal("it has not happened, and nobody can wait for ever")
}
