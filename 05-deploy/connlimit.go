package deploy

import (
	"container/list"
	"net"
	"net/http"
	"sync"
	"time"
)

// ConnLimit bounds how many connections are open at a time, and so the memory
// that they take: some 20 KB each, even if nothing is ever sent on them.
//
// When the limit is reached, a new connection replaces one that waits for its
// next request: the one that has been idle for longest. Clients expect that an
// idle connection closes, and open another. If there is none, it replaces one
// that has let a second pass without a whole request: a client that opens
// connections and says nothing, or sends byte by byte, must not keep others out.
// If there is none either, it waits until one closes, and the connections behind
// it wait in the listener.
//
// All servers that share one ConnLimit share its limit. It is safe for
// concurrent use.
type ConnLimit struct {
	mu      sync.Mutex
	changed sync.Cond // a connection has closed, or has become one that may be closed
	limit   int
	open    map[net.Conn]*list.Element // its place in pending or idle; nil once its request is there
	pending list.List                  // of waiting, those whose request is not whole yet, the oldest in front
	idle    list.List                  // of waiting, those between two requests, the longest idle in front
}

// waiting is a connection for which the server waits, and since when.
type waiting struct {
	conn  net.Conn
	since time.Time
}

// arrivalLimit is how long a request may take to arrive where others need its
// connection's place. A client sends it right away.
const arrivalLimit = time.Second

// NewConnLimit returns a ConnLimit for at most limit open connections.
func NewConnLimit(limit int) *ConnLimit {
	l := &ConnLimit{limit: limit, open: map[net.Conn]*list.Element{}}
	l.changed.L = &l.mu
	return l
}

// Track is a hook for [http.Server.ConnState]. net/http calls it for a new
// connection before it accepts the next one, so that a call that waits holds
// back all of them.
func (l *ConnLimit) Track(conn net.Conn, state http.ConnState) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if state == http.StateNew {
		l.admit(conn)
		return
	}
	place, known := l.open[conn]
	if !known {
		return // it was closed to make room
	}
	l.unlist(place)
	switch state {
	case http.StateActive: // the first byte of a request
		l.awaitRequest(conn)
	case http.StateIdle:
		l.open[conn] = l.idle.PushBack(waiting{conn, time.Now()})
		l.changed.Signal()
	case http.StateClosed, http.StateHijacked:
		delete(l.open, conn)
		l.changed.Signal()
	}
}

// Len returns how many connections are open.
func (l *ConnLimit) Len() int {
	l.mu.Lock()
	defer l.mu.Unlock()
	return len(l.open)
}

// admit counts a new connection, once there is room for it.
func (l *ConnLimit) admit(conn net.Conn) {
	for len(l.open) >= l.limit && !l.evict() {
		l.wait()
	}
	l.awaitRequest(conn)
}

// awaitRequest gives the connection's next request its second to arrive.
func (l *ConnLimit) awaitRequest(conn net.Conn) {
	l.open[conn] = l.pending.PushBack(waiting{conn, time.Now()})
	l.changed.Broadcast() // those that wait for room can now wait for this one's second
}

// wait returns when there may be room: something has changed, or the oldest of
// the pending connections has had its second.
func (l *ConnLimit) wait() {
	if oldest := l.pending.Front(); oldest != nil {
		left := arrivalLimit - time.Since(oldest.Value.(waiting).since)
		defer time.AfterFunc(left, l.changed.Broadcast).Stop()
	}
	l.changed.Wait()
}

// evict closes a connection that may be closed, and reports whether there was
// one.
func (l *ConnLimit) evict() bool {
	place := l.idle.Front()
	if place == nil {
		place = l.pending.Front()
		if place == nil || time.Since(place.Value.(waiting).since) < arrivalLimit {
			return false
		}
	}
	conn := place.Value.(waiting).conn
	l.unlist(place)
	delete(l.open, conn)
	go conn.Close() // not here: with TLS it writes first, and that can block
	return true
}

// unlist takes a connection out of the list that it is in. List.Remove does
// nothing in the other one.
func (l *ConnLimit) unlist(place *list.Element) {
	if place != nil {
		l.pending.Remove(place)
		l.idle.Remove(place)
	}
}
