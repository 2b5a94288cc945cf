package accounts

import "slices"

// line is the requests that wait, the next one first. It is fair between
// addresses. It is served in rounds: in each, an address has one turn, and a
// network has [networkShare] turns. Who sends a hundred requests waits a
// hundred rounds for the last one, and who sends one is in the next round.
type line struct {
	waiting []*turn // ordered by round, and in a round by arrival
	round   int     // of the last one that was served
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
	t.round = l.round + 1
	taken := map[int]int{} // turns of the network, by round
	for _, other := range l.waiting {
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
	l.waiting, l.round = slices.Delete(l.waiting, 0, 1), t.round
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
