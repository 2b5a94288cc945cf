package main

import (
	"errors"
	"fmt"
	"sync"
	"time"
)

// bystander is what a user with a token feels while clients hammer log-in, and
// what the clients get meanwhile.
type bystander struct {
	idle, busy    []time.Duration // how long each GET /me took, alone and meanwhile
	rates, limits []float64       // of each round, log-ins a second
}

// bystander takes turns: one GET /me every few milliseconds, before the flood
// and meanwhile.
func (b *testbed) bystander(addr, token string) (result, error) {
	var s bystander
	for range 3 {
		alone, err := probeMe(addr, token, b.span(3*time.Second))
		if err != nil {
			return nil, err
		}
		limit := b.limit()
		among, flooded, err := probeInFlood(addr, token, b.span(4*time.Second))
		if err != nil {
			return nil, err
		}
		s.idle, s.busy = append(s.idle, alone...), append(s.busy, among...)
		s.rates, s.limits = append(s.rates, flooded.perSecond()), append(s.limits, limit)
	}
	return s, nil
}

// probeMe returns how long each GET /me took.
func probeMe(addr, token string, d time.Duration) ([]time.Duration, error) {
	wires, err := dialAll(addr, 1)
	if err != nil {
		return nil, err
	}
	defer closeAll(wires)
	return probe(wires[0], d, 4*time.Millisecond, get("/me", token))
}

// probeInFlood is probeMe while clients hammer log-in.
func probeInFlood(addr, token string, d time.Duration) (took []time.Duration, flooded round, err error) {
	var failure error
	var flooding sync.WaitGroup
	flooding.Go(func() { flooded, failure = flood(addr, clients, d) })
	took, err = probeMe(addr, token, d)
	flooding.Wait()
	return took, flooded, errors.Join(err, failure)
}

func (s bystander) rows() []row {
	idle, busy := percentile(s.idle, 99), percentile(s.busy, 99)
	ratio := median(s.rates) / median(s.limits)
	return []row{
		{
			what: fmt.Sprintf("GET /me while %d clients hammer log-in, p99", clients),
			goal: "≤ 3 × its idle p99, or 5 ms",
			measured: fmt.Sprintf("p50 %s, p99 %s (idle: p50 %s, p99 %s)",
				ms(percentile(s.busy, 50)), ms(busy), ms(percentile(s.idle, 50)), ms(idle)),
			met: busy <= max(3*idle, 5*time.Millisecond),
		},
		{
			what:     "log-ins a second at the same time",
			goal:     "≥ 0.90 of the limit",
			measured: fmt.Sprintf("%.2f × (%.0f/s of %.0f/s)", ratio, median(s.rates), median(s.limits)),
			met:      ratio >= 0.9,
		},
	}
}
