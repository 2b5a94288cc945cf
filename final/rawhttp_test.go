package main

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"net/http"
	"runtime"
	"strings"
	"testing"
	"time"

	"example.com/authbook/final/internal/serve"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// listen starts the application behind the server that production has, with its
// limits, and returns the address.
func (s *server) listen() string {
	s.t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(s.t, err)
	server := serve.NewHTTPServer(s.app, s.app.Handler(), s.logger)
	go func() { _ = server.Serve(s.app.Places.Listen(listener)) }()
	s.t.Cleanup(func() { server.Close() })
	return listener.Addr().String()
}

// dial opens a connection that gives up before the test does.
func dial(t *testing.T, address string) net.Conn {
	t.Helper()
	conn, err := net.Dial("tcp", address)
	require.NoError(t, err)
	t.Cleanup(func() { conn.Close() })
	require.NoError(t, conn.SetDeadline(time.Now().Add(20*time.Second)))
	return conn
}

// talk sends the bytes on one connection and reads as many answers as are
// wanted, and those that come unwanted. Then it tries whether the server still
// listens. method is that of the first request.
func talk(t *testing.T, address, method, text string, want int) (all []answer, open bool) {
	t.Helper()
	conn := dial(t, address)
	go func() { _, _ = io.WriteString(conn, text) }()
	reader := bufio.NewReader(conn)
	for {
		if len(all) == want {
			_, _ = io.WriteString(conn, "GET /version HTTP/1.1\r\nHost: localhost\r\n\r\n")
		}
		res, err := http.ReadResponse(reader, &http.Request{Method: method})
		if err != nil {
			return all, false
		}
		body, _ := io.ReadAll(res.Body)
		switch {
		case strings.Contains(string(body), `"goVersion"`):
			return all, true
		case res.StatusCode >= 200:
			all = append(all, answer{res.StatusCode, res.Header, string(body)})
		}
		if res.Close {
			return all, false
		}
	}
}

const (
	rawLogIn = `{"username":"JIN HO","password":"12341234"}`
	rawHost  = "Host: localhost\r\n"
	rawJSON  = rawHost + "Content-Type: application/json\r\n"
)

// chunks is a text as one chunk and the last one.
func chunks(text string) string { return fmt.Sprintf("%x\r\n%s\r\n0\r\n\r\n", len(text), text) }

// A target that is no path gets a problem like any other, with the headers that
// every answer has, and a line in the log.
func TestRawHTTP_aTargetThatIsNoPath(t *testing.T) {
	s := newServer(t)
	address := s.listen()
	rows := []struct{ name, line, code string }{
		{"OPTIONS of the server as a whole", "OPTIONS *", "MALFORMED_REQUEST"},
		{"GET of the server as a whole", "GET *", "MALFORMED_REQUEST"},
		{"CONNECT to another server", "CONNECT evil.example:443", "METHOD_NOT_ALLOWED"},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			method, _, _ := strings.Cut(row.line, " ")
			all, _ := talk(t, address, method, row.line+" HTTP/1.1\r\n"+rawHost+"\r\n", 1)
			require.Len(t, all, 1)
			h := all[0].header
			assert.Equal(t, row.code, all[0].code())
			assert.Equal(t, "application/problem+json", h.Get("Content-Type"))
			assert.Equal(t, "nosniff", h.Get("X-Content-Type-Options"))
			assert.Contains(t, h.Get("Content-Security-Policy"), "frame-ancestors 'none'")
			require.NotEmpty(t, h.Get("X-Request-ID"))
			assert.Contains(t, s.log.String(), h.Get("X-Request-ID"))
		})
	}
}

// What no client library sends, an attacker types. Every row is one connection:
// the statuses of its answers, and whether the server still listens after them.
func TestRawHTTP(t *testing.T) {
	s := newServer(t)
	s.signUp()
	address := s.listen()
	length := fmt.Sprintf("Content-Length: %d\r\n", len(rawLogIn))
	const chunked = "Transfer-Encoding: chunked\r\n"
	const next = "GET /healthz HTTP/1.1\r\n" + rawHost + "\r\n"
	rows := []struct {
		name     string
		text     string
		statuses []int
		open     bool
	}{
		{"a request and a second one behind it", next + next, []int{200, 200}, true},
		{"a log-in", "POST /login HTTP/1.1\r\n" + rawJSON + length + "\r\n" + rawLogIn + next, []int{200, 200}, true},

		// Which Host is named decides nothing here; what is no Host is refused.
		{"no Host", "GET /me HTTP/1.1\r\n\r\n", []int{400}, false},
		{"two Hosts", "GET /me HTTP/1.1\r\n" + rawHost + rawHost + "\r\n", []int{400}, false},
		{"a Host with a space", "GET /me HTTP/1.1\r\nHost: a b\r\n\r\n", []int{400}, false},
		{"a Host with a path", "GET /me HTTP/1.1\r\nHost: a/b\r\n\r\n", []int{400}, false},
		{"another server's URL as target", "GET http://evil.example/healthz HTTP/1.1\r\n" + rawHost + "\r\n", []int{200}, true},

		// Where does a body end? Two answers to that are one too many (RFC 9112
		// section 6.3).
		{"both lengths, and a request inside the longer one",
			"POST /login HTTP/1.1\r\n" + rawJSON + fmt.Sprintf("Content-Length: %d\r\n", len("0\r\n\r\n"+next)) +
				chunked + "\r\n0\r\n\r\n" + next,
			[]int{400}, false},
		{"chunks alone", "POST /login HTTP/1.1\r\n" + rawJSON + chunked + "\r\n" + chunks(rawLogIn) + next, []int{200}, false},
		// HTTP/1.0 knows no chunks, and net/http drops the header unseen (RFC 9112 section 6.1).
		{"chunks in HTTP/1.0, and a request inside them",
			"POST /login HTTP/1.0\r\n" + rawHost + "Connection: keep-alive\r\n" + chunked + "Content-Length: 4\r\n\r\n" +
				chunks("GET /smuggled HTTP/1.1\r\nHost: x\r\n\r\n"), []int{415}, false},
		{"HTTP/1.0 that asks to go on", "GET /healthz HTTP/1.0\r\nConnection: keep-alive\r\n\r\n" + next, []int{200}, false},
		{"two lengths that differ", "POST /login HTTP/1.1\r\n" + rawJSON + length + "Content-Length: 1\r\n\r\n" + rawLogIn, []int{400}, false},
		{"a list of lengths", "POST /login HTTP/1.1\r\n" + rawJSON + "Content-Length: 43, 43\r\n\r\n" + rawLogIn, []int{400}, false},
		{"a length with a sign", "POST /login HTTP/1.1\r\n" + rawJSON + "Content-Length: +43\r\n\r\n" + rawLogIn, []int{400}, false},
		{"a negative length", "POST /login HTTP/1.1\r\n" + rawJSON + "Content-Length: -1\r\n\r\n", []int{400}, false},
		{"a length past 2⁶³", "POST /login HTTP/1.1\r\n" + rawJSON + "Content-Length: 9223372036854775808\r\n\r\n", []int{400}, false},
		{"a length of 2⁶³-1", "POST /login HTTP/1.1\r\n" + rawJSON + "Content-Length: 9223372036854775807\r\n\r\n", []int{413}, false},
		{"a space before the colon", "POST /login HTTP/1.1\r\n" + rawJSON + length + "Transfer-Encoding : chunked\r\n\r\n" + rawLogIn, []int{400}, false},
		{"a header on two lines", "POST /login HTTP/1.1\r\n" + rawJSON + length + "Transfer-Encoding:\r\n chunked\r\n\r\n0\r\n\r\n" + next, []int{400}, false},
		// RFC 9112 section 6.1: 501 is the answer to a coding that is not known.
		{"an unknown coding", "POST /login HTTP/1.1\r\n" + rawJSON + "Transfer-Encoding: xchunked\r\n\r\n" + rawLogIn, []int{501}, false},
		{"chunked twice", "POST /login HTTP/1.1\r\n" + rawJSON + chunked + chunked + "\r\n" + chunks(rawLogIn), []int{501}, false},
		{"a coding around the chunks", "POST /login HTTP/1.1\r\n" + rawJSON + "Transfer-Encoding: gzip, chunked\r\n\r\n" + chunks(rawLogIn), []int{501}, false},
		{"a chunk without a size", "POST /login HTTP/1.1\r\n" + rawJSON + chunked + "\r\nzz\r\n", []int{400}, false},
		{"a chunk of 2⁷² bytes", "POST /login HTTP/1.1\r\n" + rawJSON + chunked + "\r\nfffffffffffffffffff\r\n", []int{400}, false},
		{"a chunk that ends with LF alone", "POST /login HTTP/1.1\r\n" + rawJSON + chunked + "\r\n2\n{}\n0\n\n", []int{400}, false},
		{"a chunk with 100 kB of extension", "POST /login HTTP/1.1\r\n" + rawJSON + chunked + "\r\n2;" + strings.Repeat("x", 100_000) + "\r\n{}\r\n0\r\n\r\n", []int{400}, false},
		{"a trailer that would be a credential", "GET /me HTTP/1.1\r\n" + rawHost + chunked + "Trailer: Authorization\r\n\r\n0\r\nAuthorization: Bearer x\r\n\r\n", []int{401}, false},
		{"a trailer of 100 kB", "POST /login HTTP/1.1\r\n" + rawJSON + chunked + "\r\n2\r\n{}\r\n0\r\nX: " + strings.Repeat("x", 100_000) + "\r\n\r\n", []int{400}, false},
		{"a body where none belongs is no request", "GET /healthz HTTP/1.1\r\n" + rawHost + fmt.Sprintf("Content-Length: %d\r\n\r\n", len(next)) + next, []int{200}, true},

		// Headers.
		{"a header of 1 MB", "GET /me HTTP/1.1\r\n" + rawHost + "Authorization: Bearer " + strings.Repeat("A", 1<<20) + "\r\n\r\n", []int{431}, false},
		{"5,000 headers", "GET /me HTTP/1.1\r\n" + rawHost + strings.Repeat("X: x\r\n", 5000) + "\r\n", []int{431}, false},
		{"a target of 1 MB", "GET /" + strings.Repeat("a", 1<<20) + " HTTP/1.1\r\n" + rawHost + "\r\n", []int{431}, false},
		{"a token of 15 kB", "GET /me HTTP/1.1\r\n" + rawHost + "Authorization: Bearer " + strings.Repeat("A", 15_000) + "\r\n\r\n", []int{401}, true},
		{"two tokens", "GET /me HTTP/1.1\r\n" + rawHost + "Authorization: Bearer a.b.c\r\nAuthorization: Bearer d.e.f\r\n\r\n", []int{401}, true},
		{"a header with a CR", "GET /healthz HTTP/1.1\r\n" + rawHost + "X: a\rb\r\n\r\n", []int{400}, false},
		{"a header with a NUL", "GET /healthz HTTP/1.1\r\n" + rawHost + "X: a\x00b\r\n\r\n", []int{400}, false},
		{"a header without a name", "GET /healthz HTTP/1.1\r\n" + rawHost + ": x\r\n\r\n", []int{400}, false},
		{"a request id of the client's", "GET /healthz HTTP/1.1\r\n" + rawHost + "X-Request-Id: mine\r\n\r\n", []int{200}, true},
		{"an expectation that is none", "POST /login HTTP/1.1\r\n" + rawJSON + length + "Expect: 200-ok\r\n\r\n" + rawLogIn, []int{417}, false},
		{"a body announced too large is not waited for", "POST /login HTTP/1.1\r\n" + rawJSON + "Content-Length: 100000\r\nExpect: 100-continue\r\n\r\n", []int{413}, false},

		// Methods and versions.
		{"TRACE", "TRACE /me HTTP/1.1\r\n" + rawHost + "Authorization: Bearer x\r\n\r\n", []int{405}, true},
		{"OPTIONS", "OPTIONS /login HTTP/1.1\r\n" + rawHost + "Origin: https://evil.example\r\n\r\n", []int{405}, true},
		{"CONNECT", "CONNECT evil.example:443 HTTP/1.1\r\n" + rawHost + "\r\n", []int{405}, true},
		{"OPTIONS of the server as a whole", "OPTIONS * HTTP/1.1\r\n" + rawHost + "\r\n", []int{400}, true},
		{"GET of the server as a whole", "GET * HTTP/1.1\r\n" + rawHost + "\r\n", []int{400}, true},
		{"CONNECT to a path", "CONNECT /me HTTP/1.1\r\n" + rawHost + "\r\n", []int{405}, true},
		{"a method of 8,000 letters", strings.Repeat("A", 8000) + " /me HTTP/1.1\r\n" + rawHost + "\r\n", []int{405}, true},
		{"a method in small letters", "post /login HTTP/1.1\r\n" + rawJSON + length + "\r\n" + rawLogIn, []int{405}, true},
		{"a method in a header", "POST /me HTTP/1.1\r\n" + rawHost + "X-HTTP-Method-Override: GET\r\n\r\n", []int{405}, true},
		{"HTTP/2 without TLS", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", []int{400}, false},
		{"HTTP/3.7", "GET /healthz HTTP/3.7\r\n" + rawHost + "\r\n", []int{505}, false},
		{"HTTP/0.9", "GET /healthz\r\n", []int{400}, false},

		// Paths.
		{"a path above the root", "GET /../../etc/passwd HTTP/1.1\r\n" + rawHost + "\r\n", []int{404}, true},
		{"two slashes", "GET //healthz HTTP/1.1\r\n" + rawHost + "\r\n", []int{404}, true},
		{"two slashes and a log-in", "POST //login HTTP/1.1\r\n" + rawJSON + length + "\r\n" + rawLogIn, []int{404}, true},
		{"two slashes inside", "PATCH /admin/users//x%20y/roles HTTP/1.1\r\n" + rawHost + "\r\n", []int{404}, true},
		{"a dot", "GET /./healthz HTTP/1.1\r\n" + rawHost + "\r\n", []int{404}, true},
		{"two dots", "GET /me/../healthz HTTP/1.1\r\n" + rawHost + "\r\n", []int{404}, true},
		{"a dot at the end", "GET /healthz/. HTTP/1.1\r\n" + rawHost + "\r\n", []int{404}, true},
		{"a slash at the end", "GET /healthz/ HTTP/1.1\r\n" + rawHost + "\r\n", []int{404}, true},
		{"a folder without its slash", "GET /swagger HTTP/1.1\r\n" + rawHost + "\r\n", []int{404}, true},
		{"two slashes of a folder", "GET /swagger// HTTP/1.1\r\n" + rawHost + "\r\n", []int{404}, true},
		{"two slashes at the end of the first line", "GET // HTTP/1.1\r\n" + rawHost + "\r\n", []int{404}, true},
		{"a URL without a path is the root's", "GET http://x HTTP/1.1\r\n" + rawHost + "\r\n", []int{307}, true},
		{"the same in the file server", "GET /swagger/%2e%2e/%2e%2e/etc/passwd HTTP/1.1\r\n" + rawHost + "\r\n", []int{404}, true},
		{"the same with a slash that is hidden", "GET /swagger/..%2f..%2fetc%2fpasswd HTTP/1.1\r\n" + rawHost + "\r\n", []int{404}, true},
		{"a NUL", "GET /%00 HTTP/1.1\r\n" + rawHost + "\r\n", []int{404}, true},
		{"half an escape", "GET /%z HTTP/1.1\r\n" + rawHost + "\r\n", []int{400}, false},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			method, _, _ := strings.Cut(row.text, " ")
			all, open := talk(t, address, method, row.text, len(row.statuses))
			var statuses []int
			for _, a := range all {
				statuses = append(statuses, a.status)
			}
			assert.Equal(t, row.statuses, statuses)
			assert.Equal(t, row.open, open, "whether the connection stays")
		})
	}
	s.logIn() // after all that the server works
	assert.NotContains(t, s.log.String(), `"msg":"panic"`)
}

// No header of a request decides where an answer leads.
func TestRawHTTP_redirectsStayHere(t *testing.T) {
	address := newServer(t).listen()
	for _, target := range []string{
		"//evil.example", "//evil.example/..", "/\\evil.example/..", "http://evil.example/swagger/", "/swagger/",
		"x:@evil.example/", "x://evil.example/", "/%2f%2fevil.example/..", "/./evil.example",
	} {
		all, _ := talk(t, address, "GET",
			"GET "+target+" HTTP/1.1\r\nHost: evil.example\r\nX-Forwarded-Host: evil.example\r\n\r\n", 1)
		require.Len(t, all, 1, target)
		if location := all[0].header.Get("Location"); location != "" {
			assert.Regexp(t, `^/([^/\\]|$)`, location, "a path of this server: %s", target)
		}
		assert.NotContains(t, strings.ReplaceAll(all[0].body, `href="/evil`, ""), "//evil", target)
	}
}

// Clients that never end what they began cost a connection for some seconds, and
// nothing that others wait for.
func TestRawHTTP_slowClientsHoldNobodyUp(t *testing.T) {
	s := newServer(t)
	s.signUp()
	address := s.listen()
	before := memory()
	const clients = 300
	for i := range clients {
		text := []string{
			"GET /me HTTP/1.1\r\nHost: loc",
			"POST /login HTTP/1.1\r\n" + rawJSON + "Content-Length: 1000\r\n\r\n{",
			"POST /signup HTTP/1.1\r\n" + rawJSON + "Transfer-Encoding: chunked\r\n\r\n1\r\n{\r\n",
		}[i%3]
		_, err := io.WriteString(dial(t, address), text)
		require.NoError(t, err)
	}
	all, _ := talk(t, address, "POST",
		"POST /login HTTP/1.1\r\n"+rawJSON+fmt.Sprintf("Content-Length: %d\r\n\r\n", len(rawLogIn))+rawLogIn, 1)
	require.Len(t, all, 1)
	assert.Equal(t, 200, all[0].status, "no place in the hash queue is taken by a body that does not come")
	assert.Less(t, memory()-before, uint64(clients*64<<10), "bytes for connections that hold half a request")
}

func memory() uint64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapInuse + m.StackInuse
}

// A body without an end is read up to the limit and no further.
func TestRawHTTP_anEndlessBodyIsCutOff(t *testing.T) {
	s := newServer(t)
	address := s.listen()
	for _, route := range []string{"POST /login", "POST /signup"} {
		conn := dial(t, address)
		_, err := io.WriteString(conn, route+" HTTP/1.1\r\n"+rawJSON+"Transfer-Encoding: chunked\r\n\r\n")
		require.NoError(t, err)
		chunk := "1000\r\n" + strings.Repeat(" ", 0x1000) + "\r\n"
		sent := make(chan int, 1)
		go func() {
			total := 0
			for {
				n, err := io.WriteString(conn, chunk)
				if total += n; err != nil {
					sent <- total
					return
				}
			}
		}()
		res, err := http.ReadResponse(bufio.NewReader(conn), nil)
		require.NoError(t, err)
		assert.Equal(t, http.StatusRequestEntityTooLarge, res.StatusCode, route)
		res.Body.Close()
		conn.Close()
		assert.Less(t, <-sent, 64<<20, "the server stopped to read")
	}
}
