package middleware

import (
	"strconv"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"golang.org/x/time/rate"
)

// newTestBuckets has five tokens per key, one more every second, and memory
// for 100 keys.
func newTestBuckets() *buckets { return newBuckets(1, 5, 100) }

// passed is how many of n requests with the key get a token.
func passed(b *buckets, key string, n int) int {
	count := 0
	for range n {
		if _, ok := b.take(key); ok {
			count++
		}
	}
	return count
}

// flood takes a token for each of n keys that were never seen before.
func flood(b *buckets, from, n int) {
	for i := range n {
		b.take("flood-" + strconv.Itoa(from+i))
	}
}

func TestBuckets(t *testing.T) {
	rows := []struct {
		name string
		test func(t *testing.T, b *buckets)
	}{
		{"memory is bounded", func(t *testing.T, b *buckets) {
			most := 0
			for i := range 1000 {
				flood(b, i, 1)
				most = max(most, len(b.young)+len(b.old))
			}
			assert.Equal(t, 100, most, "each new key would cost memory that never comes back")
		}},
		{"a client in use keeps its bucket through a flood", func(t *testing.T, b *buckets) {
			assert.Equal(t, 5, passed(b, "attacker", 9))
			for i := range 1000 {
				flood(b, 40*i, 40)
				assert.Zero(t, passed(b, "attacker", 1), "other keys must not refill this one's bucket")
			}
		}},
		{"a client that a flood pushed out gets one token, not the burst", func(t *testing.T, b *buckets) {
			assert.Equal(t, 5, passed(b, "attacker", 9))
			flood(b, 0, 200)
			assert.Equal(t, 1, passed(b, "attacker", 9), "a flood must not buy a full bucket")
		}},
		{"a newcomer is let in during a flood", func(t *testing.T, b *buckets) {
			flood(b, 0, 1000)
			assert.Equal(t, 1, passed(b, "newcomer", 9), "a flood must not lock others out")
		}},
		{"after a flood a newcomer gets the burst", func(t *testing.T, b *buckets) {
			flood(b, 0, 1000)
			<-time.After(5 * time.Second)
			assert.Equal(t, 5, passed(b, "newcomer", 9), "what was dropped would be full by now")
		}},
		{"many clients without haste are no flood", func(t *testing.T, b *buckets) {
			for i := range 20 {
				<-time.After(5 * time.Second)
				flood(b, 50*i, 50)
			}
			assert.Equal(t, 5, passed(b, "newcomer", 9), "what was dropped was full")
		}},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) { row.test(t, newTestBuckets()) })
		})
	}
}

func TestBuckets_giveEachTokenOnce(t *testing.T) {
	b := newBuckets(rate.Every(time.Hour), 100, 100)
	var mu sync.Mutex
	var total int
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			n := passed(b, "one", 50)
			mu.Lock()
			defer mu.Unlock()
			total += n
		})
	}
	wg.Wait()
	assert.Equal(t, 100, total, "parallel requests must not get more than one after the other")
}
