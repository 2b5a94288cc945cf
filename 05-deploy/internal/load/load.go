// Package load is strict clients for tests: raw TCP, no retry, and each request
// that gets no answer is counted as lost. A browser or http.Client would hide
// most of them. They say nothing of speed: the load test of final has a client of
// its own for that, which reads of an answer only what it needs.
package load

import (
	"bufio"
	"context"
	"crypto/tls"
	"errors"
	"io"
	"net"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"time"
)

// limit is how long a client waits for an answer.
const limit = 10 * time.Second

// Load is clients at work.
type Load struct {
	dial     func() (net.Conn, error)
	host     string // the value of Host
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
	l := &Load{host: "test", stop: make(chan struct{})}
	l.dial = func() (net.Conn, error) { return net.Dial("tcp", addr) }
	const each = 8
	for range each {
		l.clients.Go(l.keepAlive)
		l.clients.Go(l.newConnections)
	}
	return l
}

// StartTLS sends clients to the server at an address, such as 10.0.0.1:443. Two
// thirds of them speak HTTP/1.1 and one third HTTP/2. Few make new connections: a
// handshake costs more than all else.
func StartTLS(addr string, settings *tls.Config) *Load {
	l := &Load{host: settings.ServerName, stop: make(chan struct{})}
	l.dial = func() (net.Conn, error) { return tls.Dial("tcp", addr, settings) }
	for range 2 {
		l.clients.Go(l.newConnections)
	}
	for range 4 {
		l.clients.Go(l.keepAlive)
		l.clients.Go(func() { l.http2(addr, settings) })
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
		conn, err := l.dial()
		if err != nil {
			l.count(err)
			continue
		}
		reader := bufio.NewReader(conn)
		leave := false
		for err == nil && !leave && l.pause() {
			leave, err = l.exchange(conn, reader, "")
			l.count(err)
		}
		conn.Close()
	}
}

func (l *Load) newConnections() {
	for l.pause() {
		conn, err := l.dial()
		if err == nil {
			_, err = l.exchange(conn, bufio.NewReader(conn), "Connection: close\r\n")
			conn.Close()
		}
		l.count(err)
	}
}

// exchange counts what is not 200 as lost: nothing else is right for /healthz.
func (l *Load) exchange(conn net.Conn, reader *bufio.Reader, header string) (leave bool, err error) {
	_ = conn.SetDeadline(time.Now().Add(limit))
	if _, err := io.WriteString(conn, "GET /healthz HTTP/1.1\r\nHost: "+l.host+"\r\n"+header+"\r\n"); err != nil {
		return false, err
	}
	res, err := http.ReadResponse(reader, nil)
	if err != nil {
		return false, err
	}
	return res.Close, end(res)
}

// http2 sends request after request on one connection. Its client sends a request
// again only where the server has said that it did not take it (RFC 9113 section
// 6.8), as every client of HTTP/2 must.
func (l *Load) http2(addr string, settings *tls.Config) {
	transport := &http.Transport{TLSClientConfig: settings.Clone(), ForceAttemptHTTP2: true}
	transport.DialContext = func(ctx context.Context, _, _ string) (net.Conn, error) {
		return new(net.Dialer).DialContext(ctx, "tcp", addr)
	}
	defer transport.CloseIdleConnections()
	client := &http.Client{Transport: transport, Timeout: limit}
	for l.pause() {
		res, err := client.Get("https://" + l.host + "/healthz")
		if err == nil {
			err = end(res)
			if res.ProtoMajor != 2 {
				err = errors.New(res.Proto)
			}
		}
		l.count(err)
	}
}

// end reads an answer to its end.
func end(res *http.Response) error {
	defer res.Body.Close()
	if _, err := io.Copy(io.Discard, res.Body); err != nil {
		return err
	}
	if res.StatusCode != http.StatusOK {
		return errors.New(res.Status)
	}
	return nil
}
