package store

import (
	"sync/atomic"
	"time"
)

// Now returns the time of the store's clock, which dates sessions and with them
// access tokens. Whoever judges tokens must use it too: a PostgreSQL whose clock
// differs from this machine's would else issue tokens that are not valid yet
// here, or no longer.
func (d *DB) Now() time.Time {
	if d.read == d.write {
		return d.clock.now()
	}
	return at(d.dialect.now().(int64))
}

// SetClock puts another clock in the place of the store's own. It is for tests,
// which set it forward and back; call it before the store is used.
func (d *DB) SetClock(now func() time.Time) {
	d.dialect.now = func() any { return now().UnixMicro() }
}

// clock tells the time of another machine's clock without asking: it is the
// last reading, moved on by our own monotonic clock, which nobody sets.
type clock struct {
	last atomic.Pointer[reading]
}

// reading is what the other clock showed when ours showed here.
type reading struct{ there, here time.Time }

// readingMayTake is the longest query whose reading counts: for a long one we
// know too little about when the other clock was read.
const readingMayTake = time.Second

// read takes the other clock's time from an answer to a query that began at
// begun.
func (c *clock) read(there, begun time.Time) {
	if took := time.Since(begun); took <= readingMayTake {
		c.last.Store(&reading{there, begun.Add(took / 2)})
	}
}

// now returns this machine's time before the first reading.
func (c *clock) now() time.Time {
	r := c.last.Load()
	if r == nil {
		return time.Now()
	}
	return r.there.Add(time.Since(r.here))
}
