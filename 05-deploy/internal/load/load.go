// Package load is strict clients for tests: raw TCP, no retry, and each request
// that gets no answer is counted as lost. A browser or http.Client would hide
// most of them. They say nothing of speed: the load test of final has a client of
// its own for that, which reads of an answer only what it needs.
package load

import (
	"bufio"
	"io"
	"net"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"time"
)

// Load is clients at work.
type Load struct {
	addr     string
	stop     chan struct{}
	clients  sync.WaitGroup
	answered atomic.Int64
	lost     atomic.Int64
}

// Start sends clients to the server at url, such as http://127.0.0.1:8080; the
// port may be left out. Half of the clients keep their connection, half make a
// new one for each request.
func Start(url string) *Load {
	addr := strings.TrimPrefix(url, "http://")
	if _, _, err := net.SplitHostPort(addr); err != nil {
		addr = net.JoinHostPort(addr, "80")
	}
	l := &Load{addr: addr, stop: make(chan struct{})}
	const each = 8
	for range each {
		l.clients.Go(l.keepAlive)
		l.clients.Go(l.newConnections)
	}
	return l
}

// Answered returns how many requests got an answer so far.
func (l *Load) Answered() int64 { return l.answered.Load() }

// Lost returns how many requests got no answer so far.
func (l *Load) Lost() int64 { return l.lost.Load() }

// End stops the clients and returns what they saw.
func (l *Load) End() (answered, lost int64) {
	close(l.stop)
	l.clients.Wait()
	return l.answered.Load(), l.lost.Load()
}

// pause is a client's time to think: without it no connection would ever be
// idle when a server stops.
func (l *Load) pause() bool {
	select {
	case <-l.stop:
		return false
	case <-time.After(3 * time.Millisecond):
		return true
	}
}

func (l *Load) count(err error) {
	if err != nil {
		l.lost.Add(1)
	} else {
		l.answered.Add(1)
	}
}

// keepAlive sends request after request on one connection until the server
// asks it to leave.
func (l *Load) keepAlive() {
	for l.pause() {
		conn, err := net.Dial("tcp", l.addr)
		if err != nil {
			l.count(err)
			continue
		}
		reader := bufio.NewReader(conn)
		leave := false
		for err == nil && !leave && l.pause() {
			leave, err = exchange(conn, reader, "")
			l.count(err)
		}
		conn.Close()
	}
}

func (l *Load) newConnections() {
	for l.pause() {
		conn, err := net.Dial("tcp", l.addr)
		if err == nil {
			_, err = exchange(conn, bufio.NewReader(conn), "Connection: close\r\n")
			conn.Close()
		}
		l.count(err)
	}
}

func exchange(conn net.Conn, reader *bufio.Reader, header string) (leave bool, err error) {
	_ = conn.SetDeadline(time.Now().Add(10 * time.Second))
	if _, err := io.WriteString(conn, "GET /healthz HTTP/1.1\r\nHost: test\r\n"+header+"\r\n"); err != nil {
		return false, err
	}
	res, err := http.ReadResponse(reader, nil)
	if err != nil {
		return false, err
	}
	_, err = io.Copy(io.Discard, res.Body)
	return res.Close, err
}
