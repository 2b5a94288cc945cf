package accounts

import (
	"fmt"
	"testing"
	"testing/synctest"
	"time"

	"example.com/authbook/internal/exercise"
	"example.com/authbook/internal/problem"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func newTestThrottle() throttle { return throttle{NewMemoryStore(nil)} }

// fail counts n failures at this moment.
func (th throttle) fail(t *testing.T, a attempt, n int) {
	t.Helper()
	for range n {
		require.NoError(t, th.failed(t.Context(), a))
	}
}

// wait is what the client is told, 0 if it may try.
func (th throttle) wait(t *testing.T, a attempt) time.Duration {
	t.Helper()
	err := th.check(t.Context(), a)
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
		do   func(*testing.T, throttle)
		at   attempt
		want time.Duration
	}
	rows := []row{
		{"five failures are free", func(t *testing.T, th throttle) { th.fail(t, here, 5) }, here, 0},
		{"the sixth must wait a second", func(t *testing.T, th throttle) { th.fail(t, here, 6) }, here, time.Second},
		{"asking does not make the wait longer", func(t *testing.T, th throttle) {
			th.fail(t, here, 6)
			for range 10 {
				time.Sleep(50 * time.Millisecond)
				th.wait(t, here)
			}
		}, here, 500 * time.Millisecond},
		{"the wait ends", func(t *testing.T, th throttle) {
			th.fail(t, here, 6)
			time.Sleep(time.Second)
		}, here, 0},
		{"another address of the same account is free", func(t *testing.T, th throttle) { th.fail(t, here, 20) }, there, 0},
		{"another account from the same address is free", func(t *testing.T, th throttle) { th.fail(t, here, 20) }, other, 0},
		{"success forgets this address", func(t *testing.T, th throttle) {
			th.fail(t, here, 6)
			require.NoError(t, th.forget(t.Context(), here))
		}, here, 0},
		{"success elsewhere forgets nothing here", func(t *testing.T, th throttle) {
			th.fail(t, here, 6)
			require.NoError(t, th.forget(t.Context(), there))
		}, here, time.Second},
		{"99 addresses leave the owner in", func(t *testing.T, th throttle) { failFrom(t, th, 99) }, here, 0},
		{"100 failures from anywhere spend the account's budget", func(t *testing.T, th throttle) { failFrom(t, th, 100) },
			here, time.Hour},
		{"success does not renew the budget", func(t *testing.T, th throttle) {
			failFrom(t, th, 99)
			require.NoError(t, th.forget(t.Context(), here))
			failFrom(t, th, 1)
		}, here, time.Hour},
		{"failures of the same hour add up", func(t *testing.T, th throttle) {
			failFrom(t, th, 50)
			time.Sleep(59 * time.Minute)
			failFrom(t, th, 50)
		}, newAttempt("jin ho", "192.0.2.3"), time.Minute},
		{"the budget is new after an hour", func(t *testing.T, th throttle) {
			failFrom(t, th, 100)
			time.Sleep(time.Hour)
		}, here, 0},
	}
	exercise.SynctestRows(t, "4.6", rows, func(t *testing.T, r row) {
		th := newTestThrottle()
		r.do(t, th)
		assert.Equal(t, r.want, th.wait(t, r.at), "the client is told how long to wait")
	})
}

// failFrom counts n failures of one account, each from another address.
func failFrom(t *testing.T, th throttle, n int) {
	for i := range n {
		th.fail(t, newAttempt("jin ho", fmt.Sprint("198.51.100.", i)), 1)
	}
}

func TestRemaining(t *testing.T) {
	rows := []struct {
		name              string
		wait, since, want time.Duration
	}{
		{"at the failure, all of it", time.Minute, 0, time.Minute},
		{"a while later, the rest", time.Minute, 20 * time.Second, 40 * time.Second},
		{"a clock that was set back a little makes it no longer", time.Minute, -20 * time.Second, time.Minute},
		{"a clock that was set back for longer than the wait ends it", time.Minute, -time.Hour, 0},
		{"without a wait there is none", 0, -time.Hour, 0},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) { assert.Equal(t, row.want, remaining(row.wait, row.since)) })
	}
}

func TestNewAttempt_storesNothingTyped(t *testing.T) {
	a := newAttempt("hunter2", "192.0.2.1")
	for _, key := range []string{a.account, a.pair} {
		assert.Regexp(t, `^[0-9a-f]{64}$`, key, "people type passwords into the name field")
	}
	assert.NotEqual(t, a.account, newAttempt("", "").pair)
	assert.NotEqual(t, a.account, a.pair, "the two counts are apart")
}

func TestSweepFailures(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		store := NewMemoryStore(nil)
		add := func(from, to int) {
			for i := from; i < to; i++ {
				require.NoError(t, store.AddFailure(t.Context(), fmt.Sprint(i), time.Hour))
			}
		}
		add(0, 2500) // more than two steps
		time.Sleep(failureAge)
		add(2500, 2510)
		time.Sleep(time.Second)
		require.NoError(t, SweepFailures(t.Context(), store))
		assert.Len(t, store.failures, 10, "old rows go, all of them, and new ones stay")
	})
}
