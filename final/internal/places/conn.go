package places

import (
	"crypto/tls"
	"net"
	"sync"
	"time"
)

// Conn is a connection that waits for a place or has one.
type Conn struct {
	net.Conn
	door *listener
	pace pace

	// Guarded by Places.mu.
	share  *share
	phase  phase
	since  time.Time // of the phase, or of the wait
	places int       // that it has
	begun  int       // requests since it was last idle
}

// phase is what a connection with a place is at.
type phase int

const (
	waiting   phase = iota // for a place
	arriving               // its request is not whole yet
	answering              // the request is there
	idle                   // between two requests
	gone
)

// of returns the Conn that net/http knows as conn, itself or inside of TLS. It
// is nil for a connection of another listener.
func of(conn net.Conn) *Conn {
	if outer, ok := conn.(*tls.Conn); ok {
		conn = outer.NetConn()
	}
	c, _ := conn.(*Conn)
	return c
}

// Write writes in pieces, so that it shows how fast they are taken.
func (c *Conn) Write(b []byte) (written int, err error) {
	c.pace.begin()
	for err == nil && written < len(b) {
		var n int
		n, err = c.Conn.Write(b[written:min(len(b), written+slowBytes)])
		written += n
		c.pace.moved(n)
	}
	return written, err
}

// Close gives the places back.
func (c *Conn) Close() error {
	p := c.door.places
	p.mu.Lock()
	p.release(c)
	p.settle()
	p.mu.Unlock()
	return c.Conn.Close()
}

// CloseWrite lets net/http end an answer before it closes the connection, so that
// the client reads it even though its request was not read.
func (c *Conn) CloseWrite() error {
	half, ok := c.Conn.(interface{ CloseWrite() error })
	if !ok {
		return nil
	}
	return half.CloseWrite()
}

// drop closes a connection that had to make room. What its client has not read
// is not kept for it.
func (c *Conn) drop() {
	if tcp, ok := c.Conn.(*net.TCPConn); ok {
		_ = tcp.SetLinger(0)
	}
	_ = c.Conn.Close()
}

// pace tells how fast an answer moves.
type pace struct {
	mu    sync.Mutex
	since time.Time // of the last 5 KiB, or of the answer's begin; zero before it
	bytes int       // since then
}

func (p *pace) begin() {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.since.IsZero() {
		p.since = time.Now()
	}
}

func (p *pace) moved(n int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.bytes += n; p.bytes >= slowBytes {
		p.since, p.bytes = time.Now(), 0
	}
}

func (p *pace) reset() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.since, p.bytes = time.Time{}, 0
}

// stalled returns how long ago an answer last moved by 5 KiB; 0 if there is
// none.
func (p *pace) stalled(now time.Time) time.Duration {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.since.IsZero() {
		return 0
	}
	return now.Sub(p.since)
}
