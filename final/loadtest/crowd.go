package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"sync"
	"sync/atomic"
	"syscall"
	"time"
)

var (
	errNoAddress   = errors.New("the addresses 127.0.0.2 to 127.0.0.9 are not here; Linux has them")
	errTooFewFiles = errors.New("too few files may be open; type: ulimit -n 8192")
)

const (
	// drip is how often an attacker shows a sign of life, or comes back.
	drip = time.Second / 2
	// settled is how long the attackers' own part of so many handshakes takes on
	// the CPUs that they share with the server.
	settled = 5 * time.Second
)

// crowd is the connections of an attack. Each comes back when the server has
// closed it.
type crowd struct {
	attack
	addr    string
	stop    context.CancelFunc
	come    atomic.Int64 // connections that have been opened
	failure atomic.Value // the first error of one that can't be
	holding sync.WaitGroup
}

// gather begins an attack, and returns when all its connections are there.
func gather(ctx context.Context, a attack, addr string) (*crowd, error) {
	c := &crowd{attack: a, addr: addr}
	ctx, c.stop = context.WithCancel(ctx)
	for i := range a.connections {
		c.holding.Go(func() { c.hold(ctx, fmt.Sprint("127.0.0.", 2+i%hostileAddresses)) })
	}
	for end := time.Now().Add(patience); time.Now().Before(end); time.Sleep(drip / 10) {
		if err, failed := c.failure.Load().(error); failed {
			c.disperse()
			return nil, err
		}
		if c.come.Load() >= int64(a.connections) {
			time.Sleep(settled)
			return c, nil
		}
	}
	c.disperse()
	return nil, fmt.Errorf("only %d of %d connections could be opened", c.come.Load(), a.connections)
}

// disperse ends the attack.
func (c *crowd) disperse() {
	c.stop()
	c.holding.Wait()
}

// hold keeps one connection open until ctx ends.
func (c *crowd) hold(ctx context.Context, from string) {
	for first := true; ctx.Err() == nil; {
		conn, err := dialFrom(ctx, from, c.addr)
		if err != nil {
			c.note(err)
			time.Sleep(drip)
			continue
		}
		if first {
			c.come.Add(1)
			first = false
		}
		end := context.AfterFunc(ctx, func() { _ = conn.Close() })
		c.behave(conn)
		end()
		_ = conn.Close()
		time.Sleep(drip)
	}
}

// note keeps what no patience helps against. A server that is full only refuses
// for a while.
func (c *crowd) note(err error) {
	switch {
	case errors.Is(err, syscall.EADDRNOTAVAIL):
		c.failure.CompareAndSwap(nil, errNoAddress)
	case errors.Is(err, syscall.EMFILE):
		c.failure.CompareAndSwap(nil, errTooFewFiles)
	}
}

// behave is what one connection does until the server closes it.
func (c *crowd) behave(conn net.Conn) {
	if c.http2 {
		conn = overTLS(conn, "h2")
	}
	if _, err := conn.Write(c.says); err != nil {
		return
	}
	if c.drips == "" {
		_, _ = io.Copy(io.Discard, conn)
		return
	}
	ticker := time.NewTicker(drip)
	defer ticker.Stop()
	for range ticker.C {
		if _, err := io.WriteString(conn, c.drips); err != nil {
			return
		}
	}
}

// dialFrom connects from an address of this machine, with a small buffer for what
// comes back.
func dialFrom(ctx context.Context, from, addr string) (net.Conn, error) {
	d := net.Dialer{Timeout: patience, LocalAddr: &net.TCPAddr{IP: net.ParseIP(from)}}
	conn, err := d.DialContext(ctx, "tcp", addr)
	if err != nil {
		return nil, err
	}
	return conn, conn.(*net.TCPConn).SetReadBuffer(4 << 10)
}
