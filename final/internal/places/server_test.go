package places

import (
	"bufio"
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// hall is a real server with few places and without a timeout, so that nothing
// but Places makes room.
type hall struct {
	t      *testing.T
	places *Places
	server *httptest.Server
	people atomic.Value // whose connections come now
}

func openHall(t *testing.T, limit int, h http.HandlerFunc) *hall {
	t.Helper()
	here := &hall{t: t}
	here.people.Store("many")
	here.places = New(limit, func(net.Addr) string { return here.people.Load().(string) })
	here.server = httptest.NewUnstartedServer(h)
	here.server.Listener = here.places.Listen(here.server.Listener)
	here.places.Watch(here.server.Config)
	return here
}

// say opens a connection that gives up before the test does, and says something.
func (h *hall) say(text string) net.Conn {
	h.t.Helper()
	conn, err := net.Dial("tcp", h.server.Listener.Addr().String())
	require.NoError(h.t, err)
	h.t.Cleanup(func() { conn.Close() })
	require.NoError(h.t, conn.SetDeadline(time.Now().Add(20*time.Second)))
	if tcp, ok := conn.(*net.TCPConn); ok {
		require.NoError(h.t, tcp.SetReadBuffer(1))
	}
	_, err = io.WriteString(conn, text)
	require.NoError(h.t, err)
	return conn
}

// awaits returns when so many have a place.
func (h *hall) awaits(open int) {
	require.Eventually(h.t, func() bool {
		now, _ := h.places.Load()
		return now == open
	}, 20*time.Second, time.Millisecond)
}

// large is more than the buffers between a server and its client hold.
const large = 8 << 20

// Whatever takes up the places, whoever comes from elsewhere gets an answer.
func TestPlaces_onARealServer(t *testing.T) {
	t.Parallel()
	rows := map[string]string{
		"nothing":                     "",
		"half a header":               "POST / HTTP/1.1\r\nHost: te",
		"half a body":                 "POST / HTTP/1.1\r\nHost: test\r\nContent-Length: 10\r\n\r\nhel",
		"a body in chunks":            "POST / HTTP/1.1\r\nHost: test\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nhel\r\n",
		"an answer that nobody reads": "GET /large HTTP/1.1\r\nHost: test\r\n\r\n",
	}
	for name, text := range rows {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			const limit = 4
			h := openHall(t, limit, func(w http.ResponseWriter, r *http.Request) {
				if _, err := io.Copy(io.Discard, r.Body); err == nil && r.URL.Path == "/large" {
					_, _ = w.Write(make([]byte, large))
				}
			})
			h.server.Start()
			t.Cleanup(h.server.Close)
			for range limit {
				h.say(text)
			}
			h.awaits(limit)
			h.people.Store("one")
			newcomer := h.say("GET / HTTP/1.1\r\nHost: test\r\nConnection: close\r\n\r\n")
			res, err := http.ReadResponse(bufio.NewReader(newcomer), nil)
			require.NoError(t, err)
			defer res.Body.Close()
			assert.Equal(t, http.StatusOK, res.StatusCode)
		})
	}
}

// connect returns both ends of a connection that has a place.
func connect(t *testing.T) (client, conn net.Conn) {
	t.Helper()
	inner, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	l := New(1, func(net.Addr) string { return "" }).Listen(inner)
	t.Cleanup(func() { l.Close() })
	client, err = net.Dial("tcp", l.Addr().String())
	require.NoError(t, err)
	t.Cleanup(func() { client.Close() })
	conn, err = l.Accept()
	require.NoError(t, err)
	return client, conn
}

// net/http ends an answer before it closes the connection, if that can be done:
// else a client whose request was refused unread may lose the answer.
func TestConn_endsAnAnswerBeforeItCloses(t *testing.T) {
	t.Parallel()
	client, conn := connect(t)
	require.Implements(t, (*interface{ CloseWrite() error })(nil), conn)
	require.NoError(t, conn.(*Conn).CloseWrite())
	_, err := client.Read(make([]byte, 1))
	require.ErrorIs(t, err, io.EOF)
	_, err = io.WriteString(client, "x")
	require.NoError(t, err)
	_, err = conn.Read(make([]byte, 1))
	require.NoError(t, err, "the other way is still open")
}

// The requests of one connection of HTTP/2 are counted, and no more after them.
func TestPlaces_countTheRequestsOfHTTP2(t *testing.T) {
	t.Parallel()
	began, finish := make(chan bool), make(chan bool)
	h := openHall(t, 10, func(http.ResponseWriter, *http.Request) { began <- true; <-finish })
	h.server.EnableHTTP2 = true
	h.server.StartTLS()
	t.Cleanup(h.server.Close)
	var asking sync.WaitGroup
	for range 3 {
		asking.Go(func() {
			res, err := h.server.Client().Get(h.server.URL)
			if assert.NoError(t, err) {
				assert.Equal(t, 2, res.ProtoMajor)
				assert.NoError(t, res.Body.Close())
			}
		})
		<-began
	}
	open, _ := h.places.Load()
	assert.Equal(t, 1, open, "it is one connection")
	assert.Equal(t, 1+firstStream+2, h.taken())
	close(finish)
	asking.Wait()
	require.Eventually(t, func() bool { return h.taken() == 1 }, 20*time.Second, time.Millisecond)
}

func (h *hall) taken() int {
	h.places.mu.Lock()
	defer h.places.mu.Unlock()
	return h.places.taken
}

// brokenListener fails once, as for want of a file descriptor.
type brokenListener struct {
	net.Listener
	errs chan error
}

func (l brokenListener) Accept() (net.Conn, error) {
	select {
	case err := <-l.errs:
		return nil, err
	default:
		return l.Listener.Accept()
	}
}

func TestListener_goesOnAfterAnError(t *testing.T) {
	t.Parallel()
	inner, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	errs := make(chan error, 1)
	errs <- errors.New("too many open files")
	l := New(1, func(net.Addr) string { return "" }).Listen(brokenListener{inner, errs})
	_, err = l.Accept()
	require.EqualError(t, err, "too many open files")
	client, err := net.Dial("tcp", l.Addr().String())
	require.NoError(t, err)
	t.Cleanup(func() { client.Close() })
	conn, err := l.Accept()
	require.NoError(t, err)
	require.NoError(t, conn.Close())
	require.NoError(t, l.Close())
	_, err = l.Accept()
	require.ErrorIs(t, err, net.ErrClosed)
	_, err = l.Accept()
	require.ErrorIs(t, err, net.ErrClosed, "and again")
}
