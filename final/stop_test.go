package main

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"strings"
	"testing"

	"example.com/authbook/final/internal/testdb"
	"example.com/authbook/final/internal/testkit"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// A deploy replaces the process while clients send requests all the time: the
// old one gets SIGTERM, the new one accepts from the same socket, and no
// request fails.
func TestStop_losesNoRequest(t *testing.T) {
	t.Parallel()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	defer listener.Close()
	socket, err := listener.(*net.TCPListener).File()
	require.NoError(t, err)
	defer socket.Close()
	env := map[string]string{"DATABASE_URL": testdb.URL(t), "TRUSTED_PROXIES": "127.0.0.1"} // see checkPromises
	first := startProcess(t, env, socket)

	var second *serverProcess
	people := first.loadUntil(func() { // the clients send to the socket, and both servers answer
		first.waitForAnswers(50)
		first.terminate()
		second = startProcess(t, env, socket)
		require.NoError(t, <-first.exited, "a stop in good order ends with status 0: %s", first.log)
		first.waitForAnswers(50) // from the second: they send to the socket
		first.enough.Store(true)
	})
	require.Empty(t, first.lost, "requests got no answer")
	require.NotEmpty(t, people)
	for _, p := range people {
		second.checkPromises(p)
	}
}

// Without a service manager, clients find the port closed after SIGTERM. A
// request that has begun is answered, and so is one on a connection that is
// open.
func TestStop_answersWhatItAccepted(t *testing.T) {
	t.Parallel()
	s := startProcess(t, map[string]string{"DATABASE_URL": testdb.URL(t)})
	address := s.url[len("http://"):]
	begun, open := dialServer(t, address), dialServer(t, address)
	const body = `{"username":"slow","password":"12341234","nickname":"Slow"}`
	begun.write("POST /signup HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s",
		len(body), body[:10])

	s.terminate()
	for closed := false; !closed; {
		conn, err := net.Dial("tcp", address)
		if closed = err != nil; !closed {
			conn.Close()
		}
	}
	begun.write("%s", body[10:])
	assert.Equal(t, http.StatusCreated, begun.answer().StatusCode)
	begun.conn.Close() // a client that stays would be waited for
	open.write("GET /me HTTP/1.1\r\nHost: x\r\n\r\n")
	late := open.answer()
	assert.Equal(t, http.StatusUnauthorized, late.StatusCode)
	assert.True(t, late.Close, "the client is asked to leave")
	require.NoError(t, <-s.exited, "%s", s.log)
}

// A stop writes the audit records that wait for their disk.
func TestStop_writesTheRecordsThatWait(t *testing.T) {
	testkit.SkipUnlessLong(t)
	t.Parallel()
	s := startProcess(t, map[string]string{"DATABASE_URL": testdb.URL(t)})
	require.NoError(t, os.RemoveAll(s.auditDir))
	assert.Equal(t, http.StatusCreated, s.must("POST", "/signup", testkit.JinHo).status, "it is not refused at once")
	assert.Equal(t, http.StatusOK, s.must("POST", "/login", testkit.JinHoLogsIn).status)
	eventually(t, "the log must tell", func() bool {
		return strings.Contains(s.log.String(), "the audit log can't be written")
	})

	s.terminate()
	require.NoError(t, os.Mkdir(s.auditDir, 0o700))
	require.NoError(t, <-s.exited, "%s", s.log)
	assert.Len(t, s.changes, 2)
	s.checkAudit()
}

// rawConn is a connection on which a test decides when each byte is sent.
type rawConn struct {
	t      *testing.T
	conn   net.Conn
	reader *bufio.Reader
}

// dialServer returns a connection that the server has accepted.
func dialServer(t *testing.T, address string) *rawConn {
	t.Helper()
	conn, err := net.Dial("tcp", address)
	require.NoError(t, err)
	t.Cleanup(func() { conn.Close() })
	c := &rawConn{t, conn, bufio.NewReader(conn)}
	c.write("GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n")
	require.Equal(t, http.StatusOK, c.answer().StatusCode)
	return c
}

func (c *rawConn) write(format string, args ...any) {
	c.t.Helper()
	_, err := fmt.Fprintf(c.conn, format, args...)
	require.NoError(c.t, err)
}

func (c *rawConn) answer() *http.Response {
	c.t.Helper()
	res, err := http.ReadResponse(c.reader, nil)
	require.NoError(c.t, err, "a connection was cut without an answer")
	_, err = io.Copy(io.Discard, res.Body)
	require.NoError(c.t, err)
	return res
}
