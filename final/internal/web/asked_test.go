package web

import (
	"context"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
)

// An operator who watches must see the rest of the numbers while the database is in
// trouble: that is when they are looked at.
func TestAsked_holdsNoScrapeUp(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var questions, answer atomic.Int64
		var hangs atomic.Bool
		c := newAsked(countAge, -1, func(ctx context.Context) (int64, error) {
			questions.Add(1)
			if hangs.Load() {
				<-ctx.Done()
				return 0, ctx.Err()
			}
			return answer.Load(), nil
		})
		scrape := func(want float64) {
			t.Helper()
			begun := time.Now()
			assert.InDelta(t, want, c.value(), 0)
			assert.LessOrEqual(t, time.Since(begun), askWait)
		}
		answer.Store(7)
		scrape(7)
		answer.Store(8)
		hangs.Store(true)
		scrape(7)
		time.Sleep(countAge)
		var scrapes sync.WaitGroup
		for range 10 {
			scrapes.Go(func() { scrape(7) })
		}
		scrapes.Wait()
		assert.EqualValues(t, 2, questions.Load(), "however many scrapes there are, one asks")
		time.Sleep(askLimit)
		scrape(-1)
		assert.EqualValues(t, 2, questions.Load(), "a failure is remembered as well")
		hangs.Store(false)
		time.Sleep(countAge)
		scrape(8)
	})
}
