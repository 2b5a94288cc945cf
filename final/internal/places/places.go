// Package places bounds how many connections a server serves at a time, and so
// the memory that they take, and shares the places fairly between addresses.
// Somebody who opens many connections, and does not come to the end of a
// request or does not read the answer, keeps nobody out.
//
// A connection that comes when all places are taken waits, outside of the
// server: it costs a file descriptor and no buffers. The one to get the next
// place is of the address that has the fewest, and there the newest: its client
// is the likeliest to be still there. Who makes room for it is in standing.go.
//
// An HTTP/2 connection costs as much as five others while it has a request, and
// as one more for each further request that it has begun since it was last idle,
// of [Streams] at most.
package places

import (
	"net"
	"sync"
	"time"
)

// Streams is how many requests an HTTP/2 connection may have open at a time.
// net/http would take 250. A page needs fewer, and a client with more opens
// another connection.
const Streams = 8

// waitingPerPlace bounds how many connections wait.
const waitingPerPlace = 8

// lookAgain is how often those that wait look for somebody whose time is up.
const lookAgain = 50 * time.Millisecond

// Places are the places that all listeners of a server share. It is safe for
// concurrent use.
type Places struct {
	limit   int
	address func(net.Addr) string

	mu      sync.Mutex
	open    map[*Conn]struct{} // those that have a place
	taken   int                // places, of all of them
	coming  int                // those of them that are arriving over TLS
	waiting int                // connections, of all shares
	shares  map[string]*share
	changed sync.Cond   // there is room among those that wait
	next    *time.Timer // nil: nobody waits
	vain    search      // the last one that has found nobody
}

// New returns so many places. The function says whose a connection is: all
// connections with one text share fairly with those of others, and "" stands
// for a proxy that is trusted, whose connections are of many people.
func New(limit int, address func(net.Addr) string) *Places {
	p := &Places{limit: limit, address: address, open: map[*Conn]struct{}{}, shares: map[string]*share{}}
	p.changed.L = &p.mu
	return p
}

// Load returns how many connections have a place and how many wait for one.
func (p *Places) Load() (open, waiting int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	return len(p.open), p.waiting
}

// arrive lets a new connection wait until it has a place. It holds up the
// connections behind it only while as many wait as may, all of them for less
// than a second.
func (p *Places) arrive(c *Conn) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for p.waiting >= waitingPerPlace*p.limit && !p.turnAway() {
		p.changed.Wait()
	}
	c.share = p.shareOf(c.RemoteAddr())
	c.share.waiting = append(c.share.waiting, c)
	p.waiting++
	c.since = time.Now()
	p.settle()
}

// settle gives places to those that wait, as far as there is room.
func (p *Places) settle() {
	defer p.changed.Broadcast()
	for p.waiting > 0 {
		least := p.leastServed()
		if least == nil || !p.makeRoom(least, 1) {
			p.settleLater()
			return
		}
		c := least.newest()
		p.waiting--
		p.open[c] = struct{}{}
		p.take(c, 1)
		p.turn(c, arriving)
		c.door.admit(c)
	}
}

// settleLater looks again soon: somebody's second may be over.
func (p *Places) settleLater() {
	if p.next != nil {
		return
	}
	p.next = time.AfterFunc(lookAgain, func() {
		p.mu.Lock()
		defer p.mu.Unlock()
		p.next = nil
		p.hurry()
		p.settle()
	})
}

// makeRoom sees to it that so many places are free for the share. It reports
// whether they are.
func (p *Places) makeRoom(wants *share, n int) bool {
	for p.taken+n > p.limit {
		c := p.whoGoes(wants)
		if c == nil {
			return false
		}
		p.release(c)
		go c.drop()
	}
	return true
}

// take counts more places of the connection.
func (p *Places) take(c *Conn, n int) {
	c.places += n
	c.share.taken += n
	p.taken += n
}

// giveBack takes all but so many places from the connection.
func (p *Places) giveBack(c *Conn, keep int) {
	back := c.places - keep
	c.places -= back
	c.share.taken -= back
	p.taken -= back
	p.forget(c.share)
}

// release takes its places from a connection that has closed or must.
func (p *Places) release(c *Conn) {
	if _, open := p.open[c]; open {
		delete(p.open, c)
		p.turn(c, gone)
		p.giveBack(c, 0)
	}
}
