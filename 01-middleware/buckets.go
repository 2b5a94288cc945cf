package middleware

import (
	"sync"
	"time"

	"golang.org/x/time/rate"
)

// buckets holds a token bucket per key, for the keys that were used last.
//
// There are two generations of at most half the keys each. A key that is used
// moves to the young one; when that is full, the old one is dropped and the
// young one grows old. So a key stays while it is in use, however many others
// come, and nothing ever has to be searched for what can go.
//
// A bucket that is dropped after it has filled up again is no loss: a new one
// is full too. If the generations turn faster than that, somebody floods the
// server with new keys, perhaps to be rid of an empty bucket. For as long as
// it would have taken to fill, new keys start with one token.
type buckets struct {
	perSecond rate.Limit
	burst     int
	half      int           // keys in a generation
	refill    time.Duration // from an empty bucket to a full one

	mu         sync.Mutex
	young, old map[string]*rate.Limiter
	turned     time.Time // when young was last begun
	flooded    time.Time // until when new keys start with one token
}

func newBuckets(perSecond rate.Limit, burst, maxKeys int) *buckets {
	return &buckets{
		perSecond: perSecond,
		burst:     burst,
		half:      maxKeys / 2,
		refill:    duration(float64(burst), perSecond),
		young:     map[string]*rate.Limiter{},
	}
}

// duration is how long it takes for so many tokens to come in.
func duration(tokens float64, perSecond rate.Limit) time.Duration {
	return time.Duration(tokens / float64(perSecond) * float64(time.Second))
}

// take takes a token from the key's bucket. If there is none, it returns how
// long it is until there is one.
func (b *buckets) take(key string) (wait time.Duration, ok bool) {
	now := time.Now()
	bucket := b.of(key, now)
	if bucket.AllowN(now, 1) {
		return 0, true
	}
	// Not by a reservation: one that is cancelled while others wait leaves the
	// bucket emptier than before.
	return duration(1-bucket.TokensAt(now), b.perSecond), false
}

// of returns the key's bucket and notes that it was used.
func (b *buckets) of(key string, now time.Time) *rate.Limiter {
	b.mu.Lock()
	defer b.mu.Unlock()
	if bucket, ok := b.young[key]; ok {
		return bucket
	}
	bucket, ok := b.old[key]
	if !ok {
		bucket = b.fresh(now)
	}
	if len(b.young) >= b.half {
		b.turn(now)
	}
	b.young[key] = bucket
	return bucket
}

func (b *buckets) fresh(now time.Time) *rate.Limiter {
	bucket := rate.NewLimiter(b.perSecond, b.burst)
	if now.Before(b.flooded) {
		bucket.AllowN(now, b.burst-1)
	}
	return bucket
}

// turn drops the old generation. Its buckets were last used before turned.
func (b *buckets) turn(now time.Time) {
	if now.Sub(b.turned) < b.refill {
		b.flooded = now.Add(b.refill)
	}
	b.old, b.young, b.turned = b.young, map[string]*rate.Limiter{}, now
}
