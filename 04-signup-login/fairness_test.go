package accounts

import (
	"fmt"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"example.com/authbook/internal/problem"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// hashTime is how long one hash takes in these tests.
const hashTime = 30 * time.Millisecond

// hammer has one client more at each address, which asks for the next turn as
// soon as the last one is over or refused.
func (p *Pool) hammer(t *testing.T, addresses ...string) {
	for _, address := range addresses {
		p.hammerFrom(t, func() string { return address })
	}
}

// hammerFrom is such a client, with the address of each request.
func (p *Pool) hammerFrom(t *testing.T, address func() string) {
	var client sync.WaitGroup
	t.Cleanup(client.Wait)
	client.Go(func() {
		for t.Context().Err() == nil {
			release, err := p.Acquire(t.Context(), address())
			time.Sleep(hashTime) // of the test's own clock
			if err == nil {
				release()
			}
		}
	})
}

// addresses are n of them, spread evenly over so many that differ.
func addresses(n, differ int, form string) (all []string) {
	for i := range n {
		all = append(all, fmt.Sprintf(form, i%differ+1))
	}
	return all
}

func TestPool_isFairBetweenAddresses(t *testing.T) {
	rows := []struct {
		name      string
		attackers []string
		person    string
		turns     int // that the attackers have in a round
	}{
		{"one address counts once, whatever it sends", addresses(160, 1, "192.0.2.%d"), "198.51.100.7", 1},
		{"four addresses count four times", addresses(160, 4, "192.0.2.%d"), "198.51.100.7", 4},
		{"networks of one /48 count eight times at most", addresses(160, 160, "2001:db8:7:%x::/64"), "198.51.100.7", 8},
		{"a neighbour in the /48 has a turn too", addresses(160, 4, "2001:db8:7:%x::/64"), "2001:db8:7:ffff::/64", 4},
		{"another /48 is another network", addresses(160, 160, "2001:db8:7:%x::/64"), "2001:db8:8:1::/64", 8},
	}
	for _, r := range rows {
		t.Run(r.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				pool := NewPool(1, 32)
				pool.hammer(t, r.attackers...)
				for try := range 20 {
					time.Sleep(7 * hashTime / 2)
					start := time.Now()
					release, err := pool.Acquire(t.Context(), r.person)
					require.NoError(t, err, "try %d: a person must not be refused for what others send", try)
					turns := int(time.Since(start) / hashTime) // the one that runs has half a turn left
					assert.LessOrEqual(t, turns, r.turns, "try %d", try)
					release()
				}
			})
		})
	}
}

// The place in a full queue comes from who has sent the most, and that request
// is told at once.
func TestPool_aFullQueueMakesRoomForAnotherAddress(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		pool := NewPool(1, 3)
		release, err := pool.Acquire(t.Context(), "192.0.2.1")
		require.NoError(t, err)
		var outcomes []string
		wait := func(name, address string) {
			go func() {
				release, err := pool.Acquire(t.Context(), address)
				if err != nil {
					outcomes = append(outcomes, name+" "+string(problem.From(err).Code))
					return
				}
				outcomes = append(outcomes, name)
				release()
			}()
			synctest.Wait()
		}
		wait("its first", "192.0.2.1")
		wait("its second", "192.0.2.1")
		wait("its third", "192.0.2.1")
		wait("its fourth", "192.0.2.1")
		assert.Equal(t, []string{"its fourth OVERLOADED"}, outcomes, "it has nobody to take a place from")
		wait("another", "192.0.2.2")
		assert.Equal(t, "its third OVERLOADED", outcomes[len(outcomes)-1])
		release()
		synctest.Wait()
		assert.Equal(t, []string{"its first", "another", "its second"}, outcomes[2:])
	})
}

// A person who mistyped has had a turn, and comes again: those who have not must
// not go before without end.
func TestPool_everNewAddressesKeepNobodyOut(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		pool := NewPool(2, 64)
		var sent atomic.Int64
		for range 40 {
			pool.hammerFrom(t, func() string { return fmt.Sprint("address ", sent.Add(1)) })
		}
		synctest.Wait()
		for try := range 5 {
			release, err := pool.Acquire(t.Context(), "198.51.100.7")
			require.NoError(t, err, "try %d", try)
			release()
		}
	})
}

// As many clients as there are places can still fill the queue, each from an
// address of its own.
func TestPool_turnsOfOneRoundAreServedAsTheyCome(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		pool := NewPool(1, 2)
		pool.hammer(t, "192.0.2.1", "192.0.2.2", "192.0.2.3")
		synctest.Wait()
		_, err := pool.Acquire(t.Context(), "192.0.2.4")
		assert.Equal(t, problem.Overloaded, problem.From(err).Code, "nobody has a place to give")
	})
}
