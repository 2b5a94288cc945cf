package accounts

import (
	"context"
	"errors"
	"sync"
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
// wait for their turn. A hash takes 7 MiB and a core for some 30 ms: without
// a bound a flood of log-ins takes all memory and starves every other request.
// Addresses take turns, so that one of them can't starve the others; see
// line.go.
type Pool struct {
	// Waited, if it is set before the first Acquire, is told how long each
	// request has waited for its slot.
	Waited func(time.Duration)
	// Now is the clock that waits and hashes are timed by. Nil is this machine's.
	// Set it before the first Acquire.
	Now func() time.Time

	workers, queue int

	mu      sync.Mutex
	running int
	line    line
	pace    time.Duration // for how long a slot has been held lately
}

// NewPool returns a pool that runs workers hashes at once and lets queue more
// requests wait.
func NewPool(workers, queue int) *Pool { return &Pool{workers: workers, queue: queue} }

// Acquire waits for a slot and returns the function that gives it back; call it
// exactly once. The address is what the turns are shared between: an IPv4
// address or an IPv6 /64.
//
// If the queue is full, or takes too long at the pace of late, it returns
// OVERLOADED at once. A full queue still takes an address that has sent less
// than the others, in place of the last request of one that has sent more. It
// returns OVERLOADED as well after 1.6 seconds without a turn, or when ctx ends,
// and gives up the place in the queue.
func (p *Pool) Acquire(ctx context.Context, address string) (release func(), err error) {
	start := clock(p.Now)
	t, err := p.enter(address)
	if err != nil {
		return nil, overloaded(err)
	}
	select {
	case err = <-t.called:
	case <-ctx.Done():
		err = p.leave(t, context.Cause(ctx))
	case <-time.After(maxWait):
		err = p.leave(t, errWaited)
	}
	if err != nil {
		return nil, overloaded(err)
	}
	if p.Waited != nil {
		p.Waited(clock(p.Now).Sub(start))
	}
	return p.releaser(clock(p.Now)), nil
}

// Load returns how many hashes run, and how many requests wait.
func (p *Pool) Load() (running, waiting int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.running, len(p.line.waiting)
}

// enter returns a turn that has a slot already, or waits for one.
func (p *Pool) enter(address string) (*turn, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	t := newTurn(address)
	if p.running < p.workers { // then nobody waits
		p.running++
		t.called <- nil
		return t, nil
	}
	before := p.line.find(t)
	if p.slow(before) {
		return nil, errQueueSlow
	}
	if len(p.line.waiting) == p.queue {
		if before == p.queue {
			return nil, errQueueFull
		}
		p.line.last().called <- errQueueFull
	}
	p.line.insert(t, before)
	return t, nil
}

// slow reports whether one with so many before it has longer to wait than
// maxOutlook, if hashes take as long as lately. With nobody before it is false:
// slow hashes can't close the queue for good.
func (p *Pool) slow(before int) bool {
	return time.Duration(before)*p.pace > maxOutlook*time.Duration(p.workers)
}

// leave gives a turn up and returns the cause. One that was called meanwhile
// has its answer already.
func (p *Pool) leave(t *turn, cause error) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.line.leave(t) {
		return cause
	}
	return <-t.called
}

// releaser returns what gives on a slot that is held from start on.
func (p *Pool) releaser(start time.Time) func() {
	return func() {
		p.mu.Lock()
		defer p.mu.Unlock()
		p.pace += (clock(p.Now).Sub(start) - p.pace) / 8
		next := p.line.next()
		if next == nil {
			p.running--
			return
		}
		next.called <- nil
	}
}

func overloaded(cause error) error {
	return problem.RetryLater(problem.Overloaded, time.Second, cause)
}
