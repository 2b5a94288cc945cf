package deploy

import (
	"container/list"
	"net"
	"net/http"
	"sync"
	"time"
)

// Crowd bounds how many connections are open at a time, and so the memory that
// they take: some 20 KB each, even if nothing is ever sent on them.
//
// When the server is full, a new connection takes the place of one that waits
// for its next request, of the one that has been quiet for longest. Clients
// expect that a quiet connection closes, and open another. If there is none, it
// takes the place of one that has let a second pass without a whole request: who
// opens connections and says nothing, or word by word, must not keep others out.
// If there is none either, it waits for a place, and the connections behind it
// wait in the listener.
//
// All servers that share one Crowd share its places. It is safe for concurrent
// use.
type Crowd struct {
	mu     sync.Mutex
	moved  sync.Cond // somebody has left, or has become quiet
	places int
	inside map[net.Conn]*list.Element // its place in asking or quiet; nil once its request is there
	asking list.List                  // of waiting, those whose request is not there yet, the oldest in front
	quiet  list.List                  // of waiting, those between two requests, the longest quiet in front
}

// waiting is a connection for which the server waits, and since when.
type waiting struct {
	conn  net.Conn
	since time.Time
}

// patience is how long a request may take to arrive where others want its place.
// A client sends it right away.
const patience = time.Second

// NewCrowd returns a Crowd for at most so many connections.
func NewCrowd(places int) *Crowd {
	c := &Crowd{places: places, inside: map[net.Conn]*list.Element{}}
	c.moved.L = &c.mu
	return c
}

// Track is a hook for [http.Server.ConnState]. net/http calls it for a new
// connection before it accepts the next one, so that a call that waits holds
// back all of them.
func (c *Crowd) Track(conn net.Conn, state http.ConnState) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if state == http.StateNew {
		c.enter(conn)
		return
	}
	place, known := c.inside[conn]
	if !known {
		return // it had to go
	}
	c.stir(place)
	switch state {
	case http.StateActive: // the first byte of a request
		c.await(conn)
	case http.StateIdle:
		c.inside[conn] = c.quiet.PushBack(waiting{conn, time.Now()})
		c.moved.Signal()
	case http.StateClosed, http.StateHijacked:
		delete(c.inside, conn)
		c.moved.Signal()
	}
}

// Len returns how many connections are open.
func (c *Crowd) Len() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return len(c.inside)
}

// enter gives the connection a place, when there is one.
func (c *Crowd) enter(conn net.Conn) {
	for len(c.inside) >= c.places && !c.showOut() {
		c.wait()
	}
	c.await(conn)
}

// await gives the connection's next request its second to arrive.
func (c *Crowd) await(conn net.Conn) {
	c.inside[conn] = c.asking.PushBack(waiting{conn, time.Now()})
	c.moved.Broadcast() // who waits now has somebody to wait for
}

// wait returns when there may be a place: somebody has moved, or the first of
// those who ask has had its second.
func (c *Crowd) wait() {
	if oldest := c.asking.Front(); oldest != nil {
		left := patience - time.Since(oldest.Value.(waiting).since)
		defer time.AfterFunc(left, c.moved.Broadcast).Stop()
	}
	c.moved.Wait()
}

// showOut closes a connection that may go, and reports whether there was one.
func (c *Crowd) showOut() bool {
	place := c.quiet.Front()
	if place == nil {
		place = c.asking.Front()
		if place == nil || time.Since(place.Value.(waiting).since) < patience {
			return false
		}
	}
	conn := place.Value.(waiting).conn
	c.stir(place)
	delete(c.inside, conn)
	go conn.Close() // not here: TLS says farewell first
	return true
}

// stir takes a connection out of the list that it is in. List.Remove does
// nothing in the other one.
func (c *Crowd) stir(place *list.Element) {
	if place != nil {
		c.asking.Remove(place)
		c.quiet.Remove(place)
	}
}
