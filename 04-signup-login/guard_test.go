package accounts

import (
	"context"
	"fmt"
	"testing"
	"time"

	"example.com/authbook/internal/exercise"
	"example.com/authbook/internal/problem"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func newTestGuard() guard { return guard{store: NewMemoryStore(nil), pool: NewPool(1, 0)} }

// fail counts n failures at this moment.
func (g guard) fail(t *testing.T, a attempt, n int) {
	t.Helper()
	for range n {
		require.Equal(t, problem.InvalidCredentials, problem.From(g.refuse(t.Context(), a)).Code)
	}
}

// wait is what the client is told, 0 if it may try.
func (g guard) wait(t *testing.T, a attempt) time.Duration {
	t.Helper()
	_, err := g.weigh(t.Context(), a)
	if err == nil {
		return 0
	}
	p := problem.From(err)
	require.Equal(t, problem.TooManyRequests, p.Code)
	return p.RetryAfter
}

func TestThrottle(t *testing.T) {
	here, there := newAttempt("jin ho", "192.0.2.1"), newAttempt("jin ho", "192.0.2.2")
	other := newAttempt("root", "192.0.2.1")
	type row struct {
		name string
		do   func(*testing.T, guard)
		at   attempt
		want time.Duration
	}
	rows := []row{
		{"five failures are free", func(t *testing.T, g guard) { g.fail(t, here, 5) }, here, 0},
		{"the sixth must wait a second", func(t *testing.T, g guard) { g.fail(t, here, 6) }, here, time.Second},
		{"asking does not make the wait longer", func(t *testing.T, g guard) {
			g.fail(t, here, 6)
			for range 10 {
				time.Sleep(50 * time.Millisecond)
				g.wait(t, here)
			}
		}, here, 500 * time.Millisecond},
		{"the wait ends", func(t *testing.T, g guard) {
			g.fail(t, here, 6)
			time.Sleep(time.Second)
		}, here, 0},
		{"another address of the same account is free", func(t *testing.T, g guard) { g.fail(t, here, 20) }, there, 0},
		{"another account from the same address is free", func(t *testing.T, g guard) { g.fail(t, here, 20) }, other, 0},
		{"success forgets this address", func(t *testing.T, g guard) {
			g.fail(t, here, 6)
			require.NoError(t, g.forget(t.Context(), here))
		}, here, 0},
		{"success elsewhere forgets nothing here", func(t *testing.T, g guard) {
			g.fail(t, here, 6)
			require.NoError(t, g.forget(t.Context(), there))
		}, here, time.Second},
		{"99 addresses leave the owner in", func(t *testing.T, g guard) { failFrom(t, g, 99) }, here, 0},
		{"100 failures from anywhere spend the account's budget", func(t *testing.T, g guard) { failFrom(t, g, 100) },
			here, time.Hour},
		{"success does not renew the budget", func(t *testing.T, g guard) {
			failFrom(t, g, 99)
			require.NoError(t, g.forget(t.Context(), here))
			failFrom(t, g, 1)
		}, here, time.Hour},
		{"failures of the same hour add up", func(t *testing.T, g guard) {
			failFrom(t, g, 50)
			time.Sleep(59 * time.Minute)
			failFrom(t, g, 50)
		}, newAttempt("jin ho", "192.0.2.3"), time.Minute},
		{"failures of the same day add up", func(t *testing.T, g guard) {
			g.fail(t, here, 5)
			time.Sleep(24*time.Hour - time.Second)
			g.fail(t, here, 1)
		}, here, time.Second},
		{"the budget is new after an hour", func(t *testing.T, g guard) {
			failFrom(t, g, 100)
			time.Sleep(time.Hour)
		}, here, 0},
	}
	exercise.SynctestRows(t, "4.6", rows, func(t *testing.T, r row) {
		g := newTestGuard()
		r.do(t, g)
		assert.Equal(t, r.want, g.wait(t, r.at), "the client is told how long to wait")
	})
}

// failFrom counts n failures of one account, each from another address.
func failFrom(t *testing.T, g guard, n int) {
	for i := range n {
		g.fail(t, newAttempt("jin ho", fmt.Sprint("198.51.100.", i)), 1)
	}
}

func TestNewAttempt_storesNothingTyped(t *testing.T) {
	a := newAttempt("hunter2", "2001:db8:7:1::/64")
	seen := map[string]bool{}
	for _, b := range append(a.budgets, budget{key: a.pair}) {
		assert.Regexp(t, `^[0-9a-f]{64}$`, b.key, "people type passwords into the name field")
		assert.False(t, seen[b.key], "the counts are apart")
		seen[b.key] = true
	}
	assert.Len(t, seen, 5)
	assert.NotEqual(t, accountKeyOf("hunter2"), newAttempt("", "").pair)
}

// found is a store that has found some failures, and counts what it forgets.
type found struct {
	ThrottleStore
	failures  map[string]Failures
	forgotten int
}

func (f *found) Failures(context.Context, ...string) (map[string]Failures, error) {
	return f.failures, nil
}

func (f *found) Forget(context.Context, string) error {
	f.forgotten++
	return nil
}

func TestGuard_aBudgetIsSpentToItsLastMoment(t *testing.T) {
	exercise.Needs(t, "4.6")
	a := newAttempt("jin ho", "192.0.2.1")
	a.proof = proof{genuine: true, key: "stolen"}
	store := &found{failures: map[string]Failures{
		"stolen":               {Count: proofBudget, SinceOpen: budgetWindow - 1},
		accountKeyOf("jin ho"): {Count: accountBudget},
	}}
	_, err := guard{store: store}.weigh(t.Context(), a)
	assert.Equal(t, problem.TooManyRequests, problem.From(err).Code, "a proof without a budget lets nobody past")
	assert.Error(t, throttled(1), "a wait is a wait")
	assert.NoError(t, throttled(0))
}

// Most log-ins have nothing to forget, and a write costs more than a read.
func TestGuard_forgetsWhatIsThere(t *testing.T) {
	a := newAttempt("jin ho", "192.0.2.1")
	for count, want := range map[int]int{0: 0, 1: 1, 5: 1} {
		store := &found{failures: map[string]Failures{a.pair: {Count: count}}}
		require.NoError(t, guard{store: store}.forget(t.Context(), a))
		assert.Equal(t, want, store.forgotten, "after %d failures", count)
	}
}
