package accounts

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"
)

// serve gives each address a turn, and takes it out again.
func (l *line) serve(format string, n int) {
	for i := range n {
		t := newTurn(fmt.Sprintf(format, i))
		l.insert(t, l.find(t))
		l.next()
	}
}

// roundOf is the round that a newcomer gets.
func (l *line) roundOf(address string) int {
	t := newTurn(address)
	l.find(t)
	return t.round
}

func TestLine_aRoundHas64Turns(t *testing.T) {
	l := &line{}
	l.serve("192.0.2.%d", 63)
	assert.Equal(t, 0, l.roundOf("198.51.100.7"), "the 64th is of this round")
	l.serve("203.0.113.%d", 1)
	assert.Equal(t, 1, l.roundOf("198.51.100.7"), "the 65th waits for the next one")
}

func TestLine_aNetworkHasEightTurns(t *testing.T) {
	l := &line{}
	l.serve("2001:db8:7:%d::/64", 7)
	assert.Equal(t, 0, l.roundOf("2001:db8:7:ffff::/64"))
	l.serve("2001:db8:7:f%d::/64", 1)
	assert.Equal(t, 1, l.roundOf("2001:db8:7:ffff::/64"), "the ninth waits for the next round")
	assert.Equal(t, 0, l.roundOf("2001:db8:8:ffff::/64"), "another network does not")
}

func TestLine_aRoundRemembersWhoHadATurn(t *testing.T) {
	l := &line{}
	l.serve("192.0.2.%d", 2)
	assert.Equal(t, 1, l.roundOf("192.0.2.0"), "one turn in a round, also when others came after it")
}

func TestLine_leave(t *testing.T) {
	l, waits := &line{}, newTurn("192.0.2.1")
	l.insert(waits, l.find(waits))
	assert.False(t, l.leave(newTurn("192.0.2.1")), "it does not wait")
	assert.True(t, l.leave(waits))
	assert.False(t, l.leave(waits), "it has gone before")
}
