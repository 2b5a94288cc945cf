package main

import (
	"fmt"
	"math"
	"slices"
	"sync"
	"time"
)

// round is what one stretch of load has seen.
type round struct {
	took    time.Duration
	byCode  map[int]int
	good    []time.Duration // how long each answer with the wanted status took
	failure error           // the first request that got no answer
}

// perSecond is the rate of the good answers.
func (r round) perSecond() float64 { return float64(len(r.good)) / r.took.Seconds() }

// check returns an error unless every answer was good.
func (r round) check() error {
	if r.failure != nil {
		return r.failure
	}
	if len(r.byCode) > 1 || len(r.good) == 0 {
		return fmt.Errorf("answers by status: %v", r.byCode)
	}
	return nil
}

// hammer sends requests on all wires at once for so long, each wire the next
// one as soon as it has the answer to the last one.
func hammer(wires []*wire, d time.Duration, want int, request func(wire int) []byte) round {
	start := time.Now()
	parts := make([]round, len(wires))
	var wait sync.WaitGroup
	for i, w := range wires {
		wait.Go(func() { parts[i] = w.hammer(start.Add(d), want, request(i)) })
	}
	wait.Wait()
	return join(parts, time.Since(start))
}

func (w *wire) hammer(until time.Time, want int, request []byte) round {
	r := round{byCode: map[int]int{}}
	if r.failure = w.conn.SetDeadline(until.Add(patience)); r.failure != nil {
		return r
	}
	for sent := time.Now(); sent.Before(until); {
		a, err := w.exchange(request)
		if err != nil {
			r.failure = err
			return r
		}
		now := time.Now()
		r.byCode[a.status]++
		if a.status == want {
			r.good = append(r.good, now.Sub(sent))
		}
		sent = now
	}
	return r
}

// firstOf is the first failure of what ran side by side, or nil.
func firstOf(failures []error) error {
	i := slices.IndexFunc(failures, func(err error) bool { return err != nil })
	if i < 0 {
		return nil
	}
	return failures[i]
}

func join(parts []round, took time.Duration) round {
	whole := round{took: took, byCode: map[int]int{}}
	for _, part := range parts {
		for code, n := range part.byCode {
			whole.byCode[code] += n
		}
		whole.good = append(whole.good, part.good...)
		if whole.failure == nil {
			whole.failure = part.failure
		}
	}
	return whole
}

// probe sends one request after the other, one each pause, and returns how
// long each answer took: what one user feels.
func probe(w *wire, d, pause time.Duration, request []byte) ([]time.Duration, error) {
	var took []time.Duration
	if err := w.conn.SetDeadline(time.Now().Add(d + patience)); err != nil {
		return nil, err
	}
	ticker := time.NewTicker(pause)
	defer ticker.Stop()
	for end := time.Now().Add(d); time.Now().Before(end); {
		<-ticker.C
		start := time.Now()
		a, err := w.exchange(request)
		if err != nil {
			return nil, err
		}
		if a.status != 200 {
			return nil, fmt.Errorf("GET /me answered %d", a.status)
		}
		took = append(took, time.Since(start))
	}
	return took, nil
}

// percentile returns the time below which p percent of the times are.
func percentile(times []time.Duration, p float64) time.Duration {
	if len(times) == 0 {
		return 0
	}
	sorted := slices.Sorted(slices.Values(times))
	return sorted[min(len(sorted)-1, int(math.Ceil(p/100*float64(len(sorted))))-1)]
}

// median of an odd or even number of values.
func median(values []float64) float64 {
	sorted := slices.Sorted(slices.Values(values))
	n := len(sorted)
	if n == 0 {
		return math.NaN()
	}
	return (sorted[(n-1)/2] + sorted[n/2]) / 2
}
