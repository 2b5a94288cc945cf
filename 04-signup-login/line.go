package accounts

import "slices"

// longRound is how many turns a round has before newcomers must wait for the
// next one. Without it, a crowd of ever new addresses would make a round last
// without end, and keep those out who had a turn in it.
const longRound = 64

// line is the requests that wait, the next one first. It is fair between
// addresses. It is served in rounds: in each, an address has one turn, and a
// network has [networkShare] turns. Who sends a hundred requests waits a
// hundred rounds for the last one. Who sends one is in the present round.
type line struct {
	waiting []*turn // ordered by round, and in a round by arrival
	served  []*turn // of the present round
	round   int     // the present one
}

// turn is the place of one request.
type turn struct {
	address, network string
	round            int
	called           chan error // gets nil with a slot, or why there will be none
}

func newTurn(address string) *turn {
	return &turn{address: address, network: networkOf(address), called: make(chan error, 1)}
}

// find gives a newcomer the first round in which its address and its network
// have a turn left, and returns how many will be served before it.
func (l *line) find(t *turn) (before int) {
	t.round = l.round
	if len(l.served) >= longRound {
		t.round++
	}
	taken := map[int]int{} // turns of the network, by round
	for _, other := range slices.Concat(l.served, l.waiting) {
		if other.address == t.address {
			t.round = other.round + 1
		}
		if other.network == t.network {
			taken[other.round]++
		}
	}
	for taken[t.round] >= networkShare {
		t.round++
	}
	before, _ = slices.BinarySearchFunc(l.waiting, t.round, func(other *turn, round int) int {
		if other.round <= round {
			return -1
		}
		return 1
	})
	return before
}

// insert lets the turn in as the place that find has returned.
func (l *line) insert(t *turn, before int) { l.waiting = slices.Insert(l.waiting, before, t) }

// next takes the next one out, and returns nil if nobody waits.
func (l *line) next() *turn {
	if len(l.waiting) == 0 {
		return nil
	}
	t := l.waiting[0]
	l.waiting = slices.Delete(l.waiting, 0, 1)
	if t.round > l.round {
		l.round, l.served = t.round, nil
	}
	l.served = append(l.served, t)
	return t
}

// last takes the last one out: of those who wait, an address that has sent the
// most.
func (l *line) last() *turn {
	end := len(l.waiting) - 1
	t := l.waiting[end]
	l.waiting = slices.Delete(l.waiting, end, end+1)
	return t
}

// leave takes a request out, and reports whether it was still waiting.
func (l *line) leave(t *turn) bool {
	i := slices.Index(l.waiting, t)
	if i >= 0 {
		l.waiting = slices.Delete(l.waiting, i, i+1)
	}
	return i >= 0
}
