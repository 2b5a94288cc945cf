package web

import (
	"context"
	"sync"
	"time"
)

const (
	// countAge is how long the number of sessions counts: the more there are,
	// the longer it takes to count them. readyAge is how long readiness does.
	countAge = time.Minute
	readyAge = time.Second
	// askLimit is how long a question may take, and askWait how long a scrape
	// waits for the answer.
	askLimit = 2 * time.Second
	askWait  = 100 * time.Millisecond
)

// asked is a number that the database knows. No scrape waits for a database that
// is slow or silent: it gets the last answer.
type asked struct {
	ask   func(context.Context) (int64, error)
	age   time.Duration // an answer counts for so long
	none  float64       // instead of an answer, where there is none
	mu    sync.Mutex
	last  float64
	until time.Time     // when last is too old
	ended chan struct{} // closed when the newest question is answered
}

func newAsked(age time.Duration, none float64, ask func(context.Context) (int64, error)) *asked {
	return &asked{ask: ask, age: age, none: none, last: none}
}

func (a *asked) value() float64 {
	select {
	case <-a.begin():
	case <-time.After(askWait):
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.last
}

// begin asks if the last answer is too old, and returns what is closed when the
// newest is there. A failure holds as long as any other answer.
func (a *asked) begin() <-chan struct{} {
	a.mu.Lock()
	defer a.mu.Unlock()
	if now := time.Now(); !now.Before(a.until) {
		a.until = now.Add(a.age)
		a.ended = make(chan struct{})
		go a.take(a.ended)
	}
	return a.ended
}

func (a *asked) take(ended chan<- struct{}) {
	defer close(ended)
	ctx, cancel := context.WithTimeout(context.Background(), askLimit)
	defer cancel()
	n, err := a.ask(ctx)
	a.mu.Lock()
	defer a.mu.Unlock()
	a.last = float64(n)
	if err != nil {
		a.last = a.none
	}
}
