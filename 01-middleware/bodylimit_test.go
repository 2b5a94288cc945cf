package middleware_test

import (
	"bufio"
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"testing"
	"time"

	"example.com/authbook/01-middleware"
	"example.com/authbook/internal/exercise"
	"example.com/authbook/internal/problem"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// readAll answers with the number of bytes it read, or 413 where it was cut.
func readAll(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	if _, cut := errors.AsType[*http.MaxBytesError](err); cut {
		problem.Write(w, problem.New(problem.PayloadTooLarge, "cut after "+strconv.Itoa(len(body))))
		return
	}
	_, _ = io.WriteString(w, strconv.Itoa(len(body)))
}

// listen starts a server for h and returns its address. After a 413 net/http
// lets the connection linger for half a second; unlike that of httptest, this
// server does not wait for it at the end.
func listen(t *testing.T, h http.Handler) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	srv := &http.Server{Handler: h}
	go func() { _ = srv.Serve(l) }()
	t.Cleanup(func() { _ = srv.Close() })
	return l.Addr().String()
}

func TestBodyLimit(t *testing.T) {
	type row struct {
		name    string
		size    int
		chunked bool // without a Content-Length
		status  int
		reached bool   // the handler
		body    string // must be in the answer
	}
	rows := []row{
		{name: "no body passes", size: 0, status: 200, reached: true, body: "0"},
		{name: "a body of the limit passes", size: 100, status: 200, reached: true, body: "100"},
		{name: "one byte more is refused before the handler", size: 101, status: 413, reached: false,
			body: "PAYLOAD_TOO_LARGE"},
		{name: "a much longer body is refused before the handler", size: 2000, status: 413, reached: false,
			body: "PAYLOAD_TOO_LARGE"},
		{name: "an unannounced body of the limit passes", size: 100, chunked: true, status: 200, reached: true, body: "100"},
		{name: "an unannounced body is cut at the limit", size: 101, chunked: true, status: 413, reached: true,
			body: "cut after 100"},
		{name: "a long unannounced body is cut at the limit", size: 100_000, chunked: true, status: 413, reached: true,
			body: "cut after 100"},
	}
	exercise.Rows(t, "1.7", rows, func(t *testing.T, row row) {
		reached := make(chan string, 2)
		mux := http.NewServeMux()
		mux.HandleFunc("POST /{any}", func(w http.ResponseWriter, r *http.Request) {
			reached <- r.PathValue("any")
			readAll(w, r)
		})
		url := "http://" + listen(t, wrap(t, middleware.BodyLimit(100), mux))

		var body io.Reader = strings.NewReader(strings.Repeat("x", row.size))
		if row.chunked {
			body = io.MultiReader(body) // hides its length
		}
		status, text, err := fetch(t, "POST", url+"/row", body)
		require.NoError(t, err)
		assert.Equal(t, row.status, status, "a body of %d bytes and a limit of 100", row.size)
		assert.Contains(t, string(text), row.body, "the handler must get all that is allowed and not a byte more")
		assert.Equal(t, ran(row.reached), ran(len(reached) == 1),
			"what announces too much must cost the handler nothing; all else must reach it")

		status, _, err = fetch(t, "POST", url+"/next", strings.NewReader("x"))
		require.NoError(t, err)
		assert.Equal(t, 200, status, "the next request must not suffer")
	})
}

// A server that closes a connection while the client still sends resets it, and
// the answer can be lost on the way. It is a race, so it is run a few times.
func TestRefuseBody_canBeReadByAClientThatStillSends(t *testing.T) {
	exercise.Needs(t, "1.7")
	url := "http://" + listen(t, wrap(t, middleware.BodyLimit(100), http.HandlerFunc(readAll)))
	for range 10 {
		status, _, err := fetch(t, "POST", url, strings.NewReader(strings.Repeat("x", 1<<20)))
		require.NoError(t, err, "the client must learn why its body is not wanted")
		require.Equal(t, 413, status, "a megabyte is more than 100 bytes")
	}
}

// dial returns a connection to a server for h. It is a pipe inside the process:
// where both ends wait for each other, the clock of a synctest bubble moves on
// to the deadline at once.
func dial(t *testing.T, h http.Handler) net.Conn {
	t.Helper()
	client, server := net.Pipe()
	l := &oneConn{next: make(chan net.Conn, 1)}
	l.next <- server
	srv := &http.Server{Handler: h}
	go func() { _ = srv.Serve(l) }()
	t.Cleanup(func() {
		_, _ = client.Close(), srv.Close()
		<-time.After(time.Second) // for the connection that lingers
	})
	return client
}

// oneConn is a listener for one connection.
type oneConn struct{ next chan net.Conn }

func (l *oneConn) Accept() (net.Conn, error) {
	conn, ok := <-l.next
	if !ok {
		return nil, net.ErrClosed
	}
	return conn, nil
}

func (l *oneConn) Close() error   { close(l.next); return nil }
func (l *oneConn) Addr() net.Addr { return &net.UnixAddr{Name: "pipe"} }

// A client that announces or sends too much and then waits must not keep the
// server waiting for the rest.
func TestBodyLimit_answersAtOnce(t *testing.T) {
	type row struct {
		name string
		sent string
	}
	head := "POST /row HTTP/1.1\r\nHost: localhost\r\n"
	rows := []row{
		{"an announced body that never comes", head + "Content-Length: 101\r\n\r\n"},
		{"a chunked body that never ends",
			head + "Transfer-Encoding: chunked\r\n\r\n65\r\n" + strings.Repeat("x", 101) + "\r\n"},
		{"a client that asks first", head + "Content-Length: 101\r\nExpect: 100-continue\r\n\r\n"},
	}
	exercise.SynctestRows(t, "1.7", rows, func(t *testing.T, row row) {
		log, _ := newLog()
		outer := middleware.AccessLog(log, here) // wraps the ResponseWriter
		conn := dial(t, outer(wrap(t, middleware.BodyLimit(100), http.HandlerFunc(readAll))))
		require.NoError(t, conn.SetDeadline(time.Now().Add(10*time.Second)))

		_, err := io.WriteString(conn, row.sent)
		require.NoError(t, err)
		res, err := http.ReadResponse(bufio.NewReader(conn), nil)
		require.NoError(t, err, "expected an answer, got none: the server waits for a body that is too large")
		defer func() { _ = res.Body.Close() }()
		assert.Equal(t, 413, res.StatusCode, "the client must learn why its body is not wanted")
		assert.True(t, res.Close, "the connection must end: what follows on it is the rest of the body")
	})
}

func TestBodyLimit_carriesTheRouteOut(t *testing.T) {
	exercise.Needs(t, "1.7")
	mux := http.NewServeMux()
	mux.HandleFunc("GET /users/{name}", ok)
	r := get("/users/jin")
	send(wrap(t, middleware.BodyLimit(100), mux), r)
	assert.Equal(t, "GET /users/{name}", r.Pattern, "the access log further out needs the pattern")
}

// The handlers further out still have the request in hand, and net/http allows
// a handler to read its body and to change nothing of it.
func TestBodyLimit_leavesTheRequestAlone(t *testing.T) {
	exercise.Needs(t, "1.7")
	r := httptest.NewRequest(http.MethodPost, "/row", strings.NewReader("x"))
	before := r.Body
	send(wrap(t, middleware.BodyLimit(100), http.HandlerFunc(readAll)), r)
	assert.True(t, r.Body == before, "the limited body belongs into a copy: the request is shared with those further out")
}
