package accounts

import (
	"context"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"example.com/authbook/internal/problem"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestPool_boundsTheWorkersAndTheQueue(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		pool := NewPool(2, 3)
		var running atomic.Int64 // slots ever got
		done := make(chan struct{})
		for range 5 {
			go func() {
				release, err := pool.Acquire(t.Context(), "192.0.2.1")
				if assert.NoError(t, err, "two run and three wait") {
					running.Add(1)
					<-done
					release()
				}
			}()
			synctest.Wait()
		}
		assert.EqualValues(t, 2, running.Load(), "more hashes than workers would take more memory than planned")

		_, err := pool.Acquire(t.Context(), "192.0.2.1")
		p := problem.From(err)
		assert.Equal(t, problem.Overloaded, p.Code, "the sixth is told at once, not after a timeout")
		assert.Positive(t, p.RetryAfter, "and when to come back")

		done <- struct{}{}
		synctest.Wait()
		assert.EqualValues(t, 3, running.Load(), "a released slot goes to the next in the queue")
		close(done)
		synctest.Wait()
		for range 2 {
			_, err := pool.Acquire(t.Context(), "192.0.2.1")
			require.NoError(t, err, "all slots came back")
		}
	})
}

func TestPool_givesUpThePlaceOfACancelledRequest(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		pool := NewPool(1, 1)
		release, err := pool.Acquire(t.Context(), "192.0.2.1")
		require.NoError(t, err)

		ctx, cancel := context.WithCancel(t.Context())
		var waiting error
		go func() { _, waiting = pool.Acquire(ctx, "192.0.2.1") }()
		synctest.Wait()
		cancel()
		synctest.Wait()
		require.ErrorIs(t, waiting, context.Canceled, "nobody hashes for a client that has gone")

		acquired := false
		go func() {
			_, err := pool.Acquire(t.Context(), "192.0.2.1")
			acquired = err == nil
		}()
		synctest.Wait()
		release()
		synctest.Wait()
		assert.True(t, acquired, "the place must be free for the next")
	})
}

func TestPool_letsNobodyWaitForLong(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		pool := NewPool(1, 1)
		release, err := pool.Acquire(t.Context(), "192.0.2.1")
		require.NoError(t, err)

		start := time.Now()
		_, err = pool.Acquire(t.Context(), "192.0.2.1")
		assert.Equal(t, problem.Overloaded, problem.From(err).Code)
		assert.Equal(t, 1600*time.Millisecond, time.Since(start))

		release()
		for range 2 {
			release, err := pool.Acquire(t.Context(), "192.0.2.1")
			require.NoError(t, err, "the place came back")
			release()
		}
	})
}

func TestPool_refusesAtOnceWhoWouldWaitInVain(t *testing.T) {
	rows := []struct {
		name string
		pace time.Duration // of each hash before
		wait int           // may wait then
	}{
		{"quick hashes fill the queue", time.Millisecond, 9},
		{"slow ones leave room for who gets a turn in time", 400 * time.Millisecond, 4},
		{"even the slowest let one wait", time.Minute, 1},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				pool := NewPool(1, 9)
				for range 50 {
					release, err := pool.Acquire(t.Context(), "192.0.2.1")
					require.NoError(t, err, "nobody waits")
					time.Sleep(row.pace) // of the test's own clock
					release()
				}
				release, err := pool.Acquire(t.Context(), "192.0.2.1")
				require.NoError(t, err)
				for range row.wait {
					go func() {
						if release, err := pool.Acquire(t.Context(), "192.0.2.1"); err == nil {
							release()
						}
					}()
					synctest.Wait()
				}
				_, waiting := pool.Load()
				assert.Equal(t, row.wait, waiting)

				start := time.Now()
				_, err = pool.Acquire(t.Context(), "192.0.2.1")
				assert.Equal(t, problem.Overloaded, problem.From(err).Code)
				assert.Zero(t, time.Since(start), "told at once")
				release()
			})
		})
	}
}

func TestPool_tellsItsLoadAndTheWaits(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		pool := NewPool(1, 2)
		var waits []time.Duration
		pool.Waited = func(d time.Duration) { waits = append(waits, d) }
		load := func() [2]int {
			running, waiting := pool.Load()
			return [2]int{running, waiting}
		}
		assert.Equal(t, [2]int{0, 0}, load())
		release, err := pool.Acquire(t.Context(), "192.0.2.1")
		require.NoError(t, err)
		assert.Equal(t, [2]int{1, 0}, load())
		go func() {
			release, err := pool.Acquire(t.Context(), "192.0.2.1")
			if assert.NoError(t, err) {
				release()
			}
		}()
		time.Sleep(time.Second) // of the test's own clock
		assert.Equal(t, [2]int{1, 1}, load())
		release()
		synctest.Wait()
		assert.Equal(t, [2]int{0, 0}, load())
		assert.Equal(t, []time.Duration{0, time.Second}, waits)
	})
}

func TestPool_slow(t *testing.T) {
	for _, workers := range []int{1, 2} {
		pool := &Pool{workers: workers, pace: time.Millisecond}
		assert.False(t, pool.slow(workers*1400), "a wait of 1.4 seconds is in time")
		assert.True(t, pool.slow(workers*1400+1), "and one of more is not")
	}
}
