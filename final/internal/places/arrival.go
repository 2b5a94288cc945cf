package places

import "time"

// A handshake of TLS costs some milliseconds of CPU time. So that nobody's is lost
// among a thousand others, few of an address may be at it while many are: those of
// others come first.
const (
	manyArrive = 32  // one in so many places, of all addresses
	fewArrive  = 256 // one in so many, of one address
)

// mayEnter reports whether the next one of the share that waits may begin.
func (p *Places) mayEnter(s *share) bool {
	if s.address == "" || len(s.waiting) == 0 || !s.waiting[len(s.waiting)-1].door.handshakes {
		return true
	}
	return p.coming < max(8, p.limit/manyArrive) || s.coming < max(4, p.limit/fewArrive)
}

// hurry closes connections whose request has not arrived in time, for others of
// their address that may not begin before.
func (p *Places) hurry() {
	left := map[*share]int{}
	for _, s := range p.shares {
		if !p.mayEnter(s) {
			left[s] = len(s.waiting)
		}
	}
	now := time.Now()
	for c := range p.open {
		if left[c.share] > 0 && c.phase == arriving && now.Sub(c.since) >= arrivalLimit {
			left[c.share]--
			p.release(c)
			go c.drop()
		}
	}
}

// turn notes what a connection is at.
func (p *Places) turn(c *Conn, to phase) {
	p.countArriving(c, -1)
	c.phase, c.since = to, time.Now()
	c.pace.reset()
	p.countArriving(c, 1)
}

func (p *Places) countArriving(c *Conn, n int) {
	if c.phase == arriving && c.door.handshakes {
		c.share.coming += n
		p.coming += n
	}
}

// turnAway closes the connection that has waited for longest of the address of
// which most wait, if that is for a second or more.
func (p *Places) turnAway() bool {
	most := p.mostWaiting()
	c := most.waiting[0]
	if time.Since(c.since) < arrivalLimit {
		return false
	}
	most.waiting = most.waiting[1:]
	p.waiting--
	p.forget(most)
	go c.drop()
	return true
}

// leave closes those that wait for a place at a door that closes.
func (p *Places) leave(door *listener) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, s := range p.shares {
		gone := s.without(door)
		p.waiting -= len(gone)
		p.forget(s)
		for _, c := range gone {
			go c.drop()
		}
	}
	p.changed.Broadcast()
}
