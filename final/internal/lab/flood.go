package lab

import (
	"context"
	"runtime"
	"sync"
	"time"

	accounts "example.com/authbook/04-signup-login"
)

// flood is a small attack on the password hash: clients that log in without a pause, and
// one person from another address. It runs once as the server does it, through the pool
// of chapter 04, and once without.
type flood struct {
	mu     sync.Mutex
	points floodPoints
}

// floodPoints is what a flood has measured so far.
type floodPoints struct {
	Clients int       `json:"clients"`
	Workers int       `json:"workers"`
	Queued  []float64 `json:"queued"`  // how long the person waited each time, in milliseconds
	Free    []float64 `json:"free"`    // the same where all hash at once
	Served  [2]int    `json:"served"`  // log-ins of the attackers: through the pool, and without
	Refused int       `json:"refused"` // log-ins that the pool told to come back later
	Done    bool      `json:"done"`
}

const (
	floodTime   = 3 * time.Second // of each of the two rounds
	logInEvery  = 150 * time.Millisecond
	mostWorkers = 4
	perWorker   = 8 // attackers; so 32 hashes of 7 MiB are the most at once
	backOff     = 20 * time.Millisecond
)

func (f *flood) read() floodPoints {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.points
}

func (f *flood) note(change func(*floodPoints)) {
	f.mu.Lock()
	defer f.mu.Unlock()
	change(&f.points)
}

// run is both rounds.
func (f *flood) run(ctx context.Context) error {
	if _, err := logIn(ctx, accounts.NewPool(1, 0), "198.51.100.7"); err != nil {
		return err // red code: no log-in would be counted
	}
	workers := min(mostWorkers, runtime.NumCPU())
	f.note(func(p *floodPoints) { *p = floodPoints{Clients: perWorker * workers, Workers: workers} })
	for _, free := range []bool{false, true} {
		pool := accounts.NewPool(workers, 2*workers)
		if free {
			pool = accounts.NewPool(1+perWorker*workers, 0) // a place for everybody
		}
		if err := f.round(ctx, pool, perWorker*workers, free); err != nil {
			return err
		}
	}
	f.note(func(p *floodPoints) { p.Done = true })
	return nil
}

// round lets the attackers and the person at the pool. It returns when all have ended.
func (f *flood) round(ctx context.Context, pool *accounts.Pool, attackers int, free bool) error {
	during, cancel := context.WithTimeout(ctx, floodTime)
	defer cancel()
	var running sync.WaitGroup
	for range attackers {
		running.Go(func() { f.attack(during, pool, free) })
	}
	f.person(during, pool, free)
	running.Wait()
	return context.Cause(ctx)
}

// attack logs in again and again from one address.
func (f *flood) attack(ctx context.Context, pool *accounts.Pool, free bool) {
	for ctx.Err() == nil {
		_, err := logIn(ctx, pool, "192.0.2.66")
		if ctx.Err() != nil {
			return
		}
		if err != nil {
			f.note(func(p *floodPoints) { p.Refused++ })
			pause(ctx, backOff)
			continue
		}
		round := 0
		if free {
			round = 1
		}
		f.note(func(p *floodPoints) { p.Served[round]++ })
	}
}

// person logs in now and then from another address.
func (f *flood) person(ctx context.Context, pool *accounts.Pool, free bool) {
	for ctx.Err() == nil {
		pause(ctx, logInEvery)
		ms, err := logIn(context.WithoutCancel(ctx), pool, "198.51.100.7")
		f.note(func(p *floodPoints) {
			switch {
			case err != nil:
			case free:
				p.Free = append(p.Free, ms)
			default:
				p.Queued = append(p.Queued, ms)
			}
		})
	}
}

// logIn waits for a turn and hashes once, as a log-in does. It returns the milliseconds of both.
func logIn(ctx context.Context, pool *accounts.Pool, address string) (ms float64, err error) {
	begin := time.Now()
	release, err := pool.Acquire(ctx, address)
	if err != nil {
		return 0, err
	}
	defer release()
	err = safely(func() error {
		hasher := accounts.ProductionCost()
		_, err := hasher.Verify(hasher.Dummy(), address)
		return err
	})
	return float64(time.Since(begin)) / float64(time.Millisecond), err
}

// pause waits, or returns early where ctx ends.
func pause(ctx context.Context, d time.Duration) {
	select {
	case <-time.After(d):
	case <-ctx.Done():
	}
}
