package deploy

import (
	"context"
	"errors"
	"net"
	"net/http"
	"sync"
	"time"
)

// Drain says how long a stopping server waits.
type Drain struct {
	// Idle is how long connections without a request may stay, so that a
	// client that is about to send one still gets its answer.
	Idle time.Duration
	// Busy is how long, after that, requests in progress may take to end.
	Busy time.Duration
}

// Serve answers requests on the listener until ctx ends, and then stops in
// four steps that lose no request on a connection that was accepted.
// http.Server.Shutdown alone does lose some: once it has begun, net/http closes a
// connection whose request it has just read, without an answer.
//
//  1. Readiness turns false and every answer carries "Connection: close", so
//     clients leave by themselves. New connections are still answered.
//  2. Our copy of the listener closes. A socket that systemd holds stays
//     open, and new connections wait there for the next process. Without one,
//     connections that nobody has accepted yet are refused.
//  3. Wait until no connection is open, at most drain.Idle.
//  4. Shutdown, at most drain.Busy.
//
// It returns nil after an orderly stop.
func Serve(ctx context.Context, server *http.Server, listener net.Listener, health *Health, drain Drain) error {
	s := &serving{server, listener, health, newConnections(), make(chan error, 1)}
	server.ConnState = both(server.ConnState, s.connections.track)
	server.Handler = closeWhen(&health.draining, server.Handler)
	go func() { s.ended <- server.Serve(listener) }()
	select {
	case err := <-s.ended:
		return err // the listener broke
	case <-ctx.Done():
		return s.stop(drain)
	}
}

// serving is one server at work.
type serving struct {
	server      *http.Server
	listener    net.Listener
	health      *Health
	connections *connections
	ended       chan error // what server.Serve returned
}

// stop is the four steps of [Serve]: it says that the server drains, closes the
// listener and hears from ended that server.Serve has returned, waits at most
// drain.Idle until no connection is open, and calls Shutdown with at most
// drain.Busy. It is an error if requests are still in progress then.
//
//workbook:exercise 5.6 TestServe
func (s *serving) stop(drain Drain) error {
	s.health.Drain()
	_ = s.listener.Close() // server.Serve now returns net.ErrClosed
	if err := <-s.ended; !errors.Is(err, net.ErrClosed) {
		return err
	}
	s.connections.waitUntilNone(drain.Idle)
	ctx, cancel := context.WithTimeout(context.Background(), drain.Busy)
	defer cancel()
	if err := s.server.Shutdown(ctx); err != nil {
		_ = s.server.Close()
		return errors.New("stopped with requests still in progress")
	}
	return nil
}

// both calls two hooks, of which the first may be nil.
func both(first, second func(net.Conn, http.ConnState)) func(net.Conn, http.ConnState) {
	if first == nil {
		return second
	}
	return func(conn net.Conn, state http.ConnState) {
		first(conn, state)
		second(conn, state)
	}
}

// closeWhen asks clients to leave once draining is set: net/http closes the
// connection after an answer with this header.
func closeWhen(draining interface{ Load() bool }, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if draining.Load() {
			w.Header().Set("Connection", "close")
		}
		next.ServeHTTP(w, r)
	})
}

// connections counts a server's open connections.
type connections struct {
	mu    sync.Mutex
	open  map[net.Conn]struct{}
	empty chan struct{} // closed when none is open; nil until somebody waits
}

func newConnections() *connections {
	return &connections{open: map[net.Conn]struct{}{}}
}

// track is an http.Server.ConnState hook.
func (c *connections) track(conn net.Conn, state http.ConnState) {
	c.mu.Lock()
	defer c.mu.Unlock()
	switch state {
	case http.StateNew:
		c.open[conn] = struct{}{}
	case http.StateClosed, http.StateHijacked:
		delete(c.open, conn)
		c.signal()
	}
}

// signal must be called with mu held.
func (c *connections) signal() {
	if len(c.open) == 0 && c.empty != nil {
		close(c.empty)
		c.empty = nil
	}
}

// waitUntilNone returns once no connection is open, or after limit. It waits for ten
// parts of the limit: a machine that stops for a while, as a virtual one may, stops the
// clients that run on it too, and that costs them one part.
func (c *connections) waitUntilNone(limit time.Duration) {
	c.mu.Lock()
	empty := make(chan struct{})
	c.empty = empty
	c.signal()
	c.mu.Unlock()
	for range 10 {
		select {
		case <-empty:
			return
		case <-time.After(limit / 10):
		}
	}
}
