package accounts

import (
	"context"
	"errors"
	"sync/atomic"
	"time"

	"example.com/authbook/internal/problem"
)

var (
	errQueueFull = errors.New("accounts: the queue for the password hash is full")
	errQueueSlow = errors.New("accounts: the queue for the password hash takes too long")
	errWaited    = errors.New("accounts: no turn to hash the password in time")
)

const (
	// maxWait is the longest that a request waits for its turn. People give up
	// after a few seconds, and then the hash would be for nobody.
	maxWait = 1600 * time.Millisecond
	// maxOutlook is how long the wait may look beforehand. A request that would
	// wait in vain is told at once.
	maxOutlook = 1400 * time.Millisecond
)

// Pool bounds how many passwords are hashed at once, and how many requests may
// wait for their turn. A hash takes 19 MiB and a core for some 30 ms: without
// a bound a flood of log-ins takes all memory and starves every other request.
type Pool struct {
	// Waited, if it is set before the first Acquire, is told how long each
	// request has waited for its slot.
	Waited func(time.Duration)

	slots  chan struct{} // one for each running hash
	places chan struct{} // one for each running or waiting hash
	pace   atomic.Int64  // nanoseconds that a slot has been held lately
}

// NewPool returns a pool that runs workers hashes at once and lets queue more
// requests wait.
func NewPool(workers, queue int) *Pool {
	return &Pool{
		slots:  make(chan struct{}, workers),
		places: make(chan struct{}, workers+queue),
	}
}

// Acquire waits for a slot and returns the function that gives it back; call it
// exactly once. If the queue is full, or takes too long at the pace of late, it
// returns OVERLOADED at once. It returns the same after 1.6 seconds without a
// turn, or when ctx ends, and gives up the place in the queue.
func (p *Pool) Acquire(ctx context.Context) (release func(), err error) {
	if p.slow() {
		return nil, overloaded(errQueueSlow)
	}
	select {
	case p.places <- struct{}{}:
	default:
		return nil, overloaded(errQueueFull)
	}
	start := time.Now()
	select {
	case p.slots <- struct{}{}:
		if p.Waited != nil {
			p.Waited(time.Since(start))
		}
		return p.releaser(time.Now()), nil
	case <-ctx.Done():
		<-p.places
		return nil, overloaded(context.Cause(ctx))
	case <-time.After(maxWait):
		<-p.places
		return nil, overloaded(errWaited)
	}
}

// Load returns how many hashes run, and how many requests wait.
func (p *Pool) Load() (running, waiting int) {
	running = len(p.slots)
	return running, max(0, len(p.places)-running) // the two are not read at one moment
}

// slow reports whether those who wait already have longer to wait than
// maxOutlook, if hashes take as long as lately. While nobody waits it is false:
// slow hashes can't close the queue for good.
func (p *Pool) slow() bool {
	_, waiting := p.Load()
	return time.Duration(waiting)*time.Duration(p.pace.Load()) > maxOutlook*time.Duration(cap(p.slots))
}

// releaser returns what gives back a slot that is held from start on.
func (p *Pool) releaser(start time.Time) func() {
	return func() {
		before := p.pace.Load() // that two may overwrite each other does no harm
		p.pace.Store(before + (int64(time.Since(start))-before)/8)
		<-p.slots
		<-p.places
	}
}

func overloaded(cause error) error {
	return problem.RetryLater(problem.Overloaded, time.Second, cause)
}
