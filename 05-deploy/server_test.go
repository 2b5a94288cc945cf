package deploy

import (
	"bufio"
	"errors"
	"io"
	"log/slog"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"example.com/authbook/internal/exercise"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// pipeListener hands out one connection, and then none.
type pipeListener struct {
	conns chan net.Conn
	done  chan struct{}
}

func (l pipeListener) Accept() (net.Conn, error) {
	select {
	case conn := <-l.conns:
		return conn, nil
	case <-l.done:
		return nil, net.ErrClosed
	}
}
func (l pipeListener) Close() error   { return nil }
func (l pipeListener) Addr() net.Addr { return &net.UnixAddr{Name: "pipe"} }

// A client can stretch a connection in five ways. Each row is one of them; on
// the fake clock the server must end it at its limit, neither before nor after.
func TestNewServer(t *testing.T) {
	type row struct {
		name  string
		sends string        // what the client sends, and then nothing more
		reads bool          // whether the client takes the answer
		ends  time.Duration // when the server ends the connection
		why   string
	}
	const request = "GET / HTTP/1.1\r\nHost: test\r\n\r\n"
	rows := []row{
		{"half a header", "GET / HTTP/1.1\r\nHos", true, 5 * time.Second,
			"ReadHeaderTimeout: slowloris holds a connection with one byte now and then"},
		{"half a body", "POST / HTTP/1.1\r\nHost: test\r\nContent-Length: 10\r\n\r\nhalf", true, 10 * time.Second,
			"ReadTimeout: a body can be slow too"},
		{"an answer that is not taken", "GET /large HTTP/1.1\r\nHost: test\r\n\r\n", false, 30 * time.Second,
			"WriteTimeout: a client that does not read holds the handler"},
		{"no next request", request, true, 2 * time.Minute,
			"IdleTimeout: connections without a request cost memory"},
	}
	exercise.SynctestRows(t, "5.2", rows, func(t *testing.T, row row) {
		took := stretch(t, row.sends, row.reads)
		assert.Equal(t, row.ends, took.Round(time.Second), "the server must end it after %v — %s", row.ends, row.why)
	})
}

// stretch sends the text and returns how long the server put up with it. A
// server without a limit would do so for ever: an hour stands for that.
func stretch(t *testing.T, text string, reads bool) time.Duration {
	t.Helper()
	client, listener := serveOnPipe(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if _, err := io.Copy(io.Discard, r.Body); err != nil {
			panic(http.ErrAbortHandler) // as if it had given up
		}
		if r.URL.Path == "/large" {
			_, _ = io.WriteString(w, strings.Repeat("x", 1<<20))
		}
	}))
	started := time.Now()
	closed := make(chan struct{})
	go func() {
		defer close(closed)
		_, _ = io.WriteString(client, text)
		if reads {
			_, _ = io.Copy(io.Discard, client)
		} else {
			<-listener.serverGone
		}
	}()
	select {
	case <-closed:
	case <-time.After(time.Hour):
	}
	took := time.Since(started)
	client.Close()
	<-closed
	return took
}

// watched tells when the server's end of a pipe is closed.
type watched struct {
	net.Conn
	serverGone chan struct{}
}

func (w *watched) Close() error {
	select {
	case <-w.serverGone:
	default:
		close(w.serverGone)
	}
	return w.Conn.Close()
}

func serveOnPipe(t *testing.T, h http.Handler) (net.Conn, *watched) {
	t.Helper()
	s := NewServer(h, slog.New(slog.DiscardHandler))
	require.NotNil(t, s, "a server is needed")
	client, conn := net.Pipe()
	server := &watched{conn, make(chan struct{})}
	listener := pipeListener{make(chan net.Conn, 1), make(chan struct{})}
	listener.conns <- server
	served := make(chan error, 1)
	go func() { served <- s.Serve(listener) }()
	t.Cleanup(func() {
		close(listener.done)
		client.Close()
		<-server.serverGone
		assert.ErrorIs(t, <-served, net.ErrClosed)
	})
	return client, server
}

func TestNewServer_header(t *testing.T) {
	type row struct {
		name string
		size int
		want int
		why  string
	}
	rows := []row{
		{"of 15 KiB is taken", 15 << 10, http.StatusOK, "a browser sends cookies beside the longest token, of 4 KiB"},
		{"of 32 KiB is refused", 32 << 10, http.StatusRequestHeaderFieldsTooLarge,
			"a header costs memory before anybody is asked who it is from"},
	}
	exercise.SynctestRows(t, "5.2", rows, func(t *testing.T, row row) {
		client, _ := serveOnPipe(t, http.HandlerFunc(func(http.ResponseWriter, *http.Request) {}))
		go func() {
			_, _ = io.WriteString(client,
				"GET / HTTP/1.1\r\nHost: test\r\nX: "+strings.Repeat("x", row.size)+"\r\n\r\n")
		}()
		res, err := http.ReadResponse(bufio.NewReader(client), nil)
		require.NoError(t, err)
		assert.Equal(t, row.want, res.StatusCode, row.why)
	})
}

func TestNewServer_logsWhatNetHTTPComplainsAbout(t *testing.T) {
	exercise.Needs(t, "5.2")
	var log strings.Builder
	server := NewServer(http.NotFoundHandler(), slog.New(slog.NewTextHandler(&log, nil)))
	require.NotNil(t, server, "a server is needed")
	require.NotNil(t, server.ErrorLog, "without it net/http writes past our log")
	server.ErrorLog.Print(errors.New("TLS handshake error"))
	assert.Contains(t, log.String(), `level=WARN msg="TLS handshake error"`,
		"a complaint of net/http is a warning: the server itself is well")
}
