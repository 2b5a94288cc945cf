package main

import (
	"bufio"
	"io"
	"net"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

// load is strict clients at work: raw TCP, no retry, and each request that gets
// no answer is counted as lost. A browser or http.Client would hide most of
// them.
type load struct {
	addr     string
	stop     chan struct{}
	clients  sync.WaitGroup
	answered atomic.Int64
	lost     atomic.Int64
}

func startLoad(t *testing.T, url string) *load {
	t.Helper()
	l := &load{addr: strings.TrimPrefix(url, "http://"), stop: make(chan struct{})}
	const each = 8
	for range each {
		l.clients.Go(l.keepAlive)
		l.clients.Go(l.newConnections)
	}
	return l
}

// end stops the clients and returns what they saw.
func (l *load) end() (answered, lost int64) {
	close(l.stop)
	l.clients.Wait()
	return l.answered.Load(), l.lost.Load()
}

// pause is a client's time to think: without it no connection would ever be
// idle when a server stops.
func (l *load) pause() bool {
	select {
	case <-l.stop:
		return false
	case <-time.After(3 * time.Millisecond):
		return true
	}
}

func (l *load) count(err error) {
	if err != nil {
		l.lost.Add(1)
	} else {
		l.answered.Add(1)
	}
}

// keepAlive sends request after request on one connection until the server
// asks it to leave.
func (l *load) keepAlive() {
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

func (l *load) newConnections() {
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
