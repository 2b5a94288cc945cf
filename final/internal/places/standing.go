package places

import "time"

// arrivalLimit is how long a request may take to arrive where others need its
// connection's place. A client sends it right away.
const arrivalLimit = time.Second

// An answer that moves less than 1 KiB a second is slow: where others need its
// place, it has 5 seconds for each 5 KiB. Where those others have far fewer
// places it has half a second.
const (
	slowBytes  = 5 << 10
	slowLimit  = 5 * time.Second
	stallLimit = time.Second / 2
)

// standing says who goes first. Lower is earlier.
type standing int

const (
	isIdle       standing = iota // clients expect that an idle connection closes, and open another
	isOverdue                    // its request has not come to its end in time
	isSlow                       // its answer is not read
	isUnfinished                 // its request is not whole yet
	isStalled                    // its answer has stopped to move
	stays
)

// standingOf says how a connection stands where a place is wanted. Greedy is
// one whose address has more than twice as many places as whoever wants it would.
func (c *Conn) standingOf(now time.Time, greedy bool) standing {
	switch {
	case c.phase == idle:
		return isIdle
	case c.phase == arriving && now.Sub(c.since) >= arrivalLimit:
		return isOverdue
	case c.phase == answering && c.pace.stalled(now) >= slowLimit:
		return isSlow
	case c.phase == arriving && greedy:
		return isUnfinished
	case c.phase == answering && c.pace.stalled(now) >= stallLimit && greedy:
		return isStalled
	}
	return stays
}

// whoGoes returns the connection that makes room for one of the share, or nil.
// It is never of an address that has fewer places. It is of one that has far
// more, if there is such, then by how it stands, and then the oldest.
func (p *Places) whoGoes(wants *share) (first *Conn) {
	now, weight := time.Now(), wants.weight()
	if p.vain.holds(now, weight) {
		return nil
	}
	var best candidate
	for c := range p.open {
		of := c.share.weight()
		if of < weight {
			continue
		}
		greedy := of > 2*(weight+1)
		one := candidate{greedy, c.standingOf(now, greedy), of, c.since}
		if one.standing != stays && (first == nil || one.before(best)) {
			first, best = c, one
		}
	}
	if first == nil {
		p.vain = search{now, weight}
	}
	return first
}

// search is one that has found nobody. Thousands who want a place don't each
// look at all who have one.
type search struct {
	at     time.Time // zero: somebody has become idle since
	weight int
}

// holds reports whether a new search would find nobody either.
func (s search) holds(now time.Time, weight int) bool {
	return now.Sub(s.at) < lookAgain && weight >= s.weight
}

// candidate is what decides who makes room.
type candidate struct {
	greedy   bool
	standing standing
	weight   int
	since    time.Time
}

func (a candidate) before(b candidate) bool {
	switch {
	case a.greedy != b.greedy:
		return a.greedy
	case a.standing != b.standing:
		return a.standing < b.standing
	case a.weight != b.weight:
		return a.weight > b.weight
	}
	return a.since.Before(b.since)
}
