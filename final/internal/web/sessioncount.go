package web

import (
	"context"
	"sync"
	"time"
)

const (
	// countAge is how long the number of sessions counts: the more there are,
	// the longer it takes to count them.
	countAge = time.Minute
	// countLimit is how long a count may take, and countWait how long a scrape
	// waits for it.
	countLimit = 2 * time.Second
	countWait  = 100 * time.Millisecond
)

// sessionCount is the number of live sessions. No scrape waits for a database
// that is slow or silent: it gets the number of the last count.
type sessionCount struct {
	count func(context.Context) (int64, error)
	mu    sync.Mutex
	last  float64       // -1 if the last count failed
	until time.Time     // when last is too old
	ended chan struct{} // closed when the newest count has ended
}

func newSessionCount(count func(context.Context) (int64, error)) *sessionCount {
	return &sessionCount{count: count, last: -1}
}

func (c *sessionCount) value() float64 {
	select {
	case <-c.begin():
	case <-time.After(countWait):
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.last
}

// begin starts a count if the last one is too old, and returns what is closed
// when the newest has ended. A count that failed holds as long as any other.
func (c *sessionCount) begin() <-chan struct{} {
	c.mu.Lock()
	defer c.mu.Unlock()
	if now := time.Now(); !now.Before(c.until) {
		c.until = now.Add(countAge)
		c.ended = make(chan struct{})
		go c.take(c.ended)
	}
	return c.ended
}

func (c *sessionCount) take(ended chan<- struct{}) {
	defer close(ended)
	ctx, cancel := context.WithTimeout(context.Background(), countLimit)
	defer cancel()
	n, err := c.count(ctx)
	c.mu.Lock()
	defer c.mu.Unlock()
	c.last = float64(n)
	if err != nil {
		c.last = -1
	}
}
