package places

import (
	"net"
	"slices"
)

// share is what one address has and wants.
type share struct {
	address string
	taken   int     // places
	coming  int     // connections with a place that are arriving over TLS
	waiting []*Conn // connections, the newest last
}

// weight is how many places count against the address. A trusted proxy's
// count for nothing: they are of many people.
func (s *share) weight() int {
	if s.address == "" {
		return 0
	}
	return s.taken
}

// newest takes the newest connection from those that wait.
func (s *share) newest() *Conn {
	last := len(s.waiting) - 1
	c := s.waiting[last]
	s.waiting[last] = nil
	s.waiting = s.waiting[:last]
	return c
}

// without takes all connections of a door from those that wait.
func (s *share) without(door *listener) (gone []*Conn) {
	s.waiting = slices.DeleteFunc(s.waiting, func(c *Conn) bool {
		if c.door == door {
			gone = append(gone, c)
		}
		return c.door == door
	})
	return gone
}

func (p *Places) shareOf(addr net.Addr) *share {
	address := p.address(addr)
	s := p.shares[address]
	if s == nil {
		s = &share{address: address}
		p.shares[address] = s
	}
	return s
}

// forget drops a share that has nothing and wants nothing.
func (p *Places) forget(s *share) {
	if s.taken == 0 && len(s.waiting) == 0 {
		delete(p.shares, s.address)
	}
}

// leastServed returns the share with the fewest places of those that want one and
// may have it; nil if there is none.
func (p *Places) leastServed() (least *share) {
	for _, s := range p.shares {
		if len(s.waiting) > 0 && (least == nil || s.weight() < least.weight()) && p.mayEnter(s) {
			least = s
		}
	}
	return least
}

// mostWaiting returns the share of which most connections wait.
func (p *Places) mostWaiting() (most *share) {
	for _, s := range p.shares {
		if most == nil || len(s.waiting) > len(most.waiting) {
			most = s
		}
	}
	return most
}
