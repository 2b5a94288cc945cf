package main

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"sync"
	"time"

	accounts "example.com/authbook/04-signup-login"
)

// logIns measures what the hash bounds: how many log-ins a second there are,
// what others feel of a flood of them, and what becomes of too many.
func (l *lab) logIns(ctx context.Context) (rows []row, err error) {
	server, err := l.serve(ctx, l.newFile())
	if err != nil {
		return nil, err
	}
	defer server.stop()
	if err := addUsers(server.addr, clients); err != nil {
		return nil, err
	}
	token, err := tokenOf(server.addr, user(0))
	if err != nil {
		return nil, err
	}
	for _, measure := range []func(addr, token string) ([]row, error){
		l.throughput, l.bystander, l.overload, l.timing,
	} {
		some, err := measure(server.addr, token)
		if err != nil {
			return nil, err
		}
		rows = append(rows, some...)
	}
	return rows, nil
}

// hashes runs the hash of the server alone, on so many threads, and returns
// how many it does a second.
func hashes(threads int, d time.Duration) float64 {
	hasher, start := accounts.ProductionCost(), time.Now()
	counts := make([]int, threads)
	var wait sync.WaitGroup
	for i := range counts {
		wait.Go(func() {
			for time.Since(start) < d {
				hasher.Hash(password)
				counts[i]++
			}
		})
	}
	wait.Wait()
	total := 0
	for _, n := range counts {
		total += n
	}
	return float64(total) / time.Since(start).Seconds()
}

// limit is how many log-ins a second there could be: cores ÷ the time of one
// hash. All cores hash at once for it, as they do under load, so that it holds
// where two of them share a memory bus or half a core each.
func (l *lab) limit() float64 { return hashes(runtime.NumCPU(), l.span(2*time.Second)) }

// throughput takes turns: the bare hash, 8 connections, 64 connections.
func (l *lab) throughput(addr, _ string) (rows []row, err error) {
	counts := []int{8, clients}
	ratios, rates, limits := make([][]float64, len(counts)), make([][]float64, len(counts)), []float64{}
	for range 4 {
		limit := l.limit()
		limits = append(limits, limit)
		for i, n := range counts {
			r, err := l.flood(addr, n, l.span(3*time.Second))
			if err != nil {
				return nil, err
			}
			rates[i] = append(rates[i], r.perSecond())
			ratios[i] = append(ratios[i], r.perSecond()/limit)
		}
	}
	for i, n := range counts {
		ratio := median(ratios[i])
		rows = append(rows, row{
			what: fmt.Sprintf("log-ins a second, %d connections", n),
			goal: "≥ 0.95 × (cores ÷ time of one hash)",
			measured: fmt.Sprintf("%.2f × (%.0f/s of %.0f/s; one hash %.1f ms)", ratio, median(rates[i]), median(limits),
				1000*float64(runtime.NumCPU())/median(limits)),
			met: ratio >= 0.95,
		})
	}
	return rows, nil
}

// flood logs in on n connections at once, each with a user of its own.
func (l *lab) flood(addr string, n int, d time.Duration) (round, error) {
	wires, err := dialAll(addr, n)
	if err != nil {
		return round{}, err
	}
	defer closeAll(wires)
	r := hammer(wires, d, 200, func(i int) []byte { return logIn(user(i), password) })
	return r, r.failure
}

// bystander measures what a user with a token feels while clients hammer
// log-in: one GET /me every few milliseconds, before and meanwhile.
func (l *lab) bystander(addr, token string) ([]row, error) {
	var idle, busy []time.Duration
	var rates, limits []float64
	for range 3 {
		alone, err := probeMe(addr, token, l.span(3*time.Second))
		if err != nil {
			return nil, err
		}
		limit := l.limit()
		among, flood, err := l.probeInFlood(addr, token)
		if err != nil {
			return nil, err
		}
		idle, busy = append(idle, alone...), append(busy, among...)
		rates, limits = append(rates, flood.perSecond()), append(limits, limit)
	}
	bound := max(3*percentile(idle, 99), 5*time.Millisecond)
	ratio := median(rates) / median(limits)
	return []row{
		{
			what: fmt.Sprintf("GET /me while %d clients hammer log-in, p99", clients),
			goal: "≤ 3 × its idle p99, or 5 ms",
			measured: fmt.Sprintf("p50 %s, p99 %s (idle: p50 %s, p99 %s)", ms(percentile(busy, 50)), ms(percentile(busy, 99)),
				ms(percentile(idle, 50)), ms(percentile(idle, 99))),
			met: percentile(busy, 99) <= bound,
		},
		{
			what:     "log-ins a second at the same time",
			goal:     "≥ 0.90 of the limit",
			measured: fmt.Sprintf("%.2f × (%.0f/s of %.0f/s)", ratio, median(rates), median(limits)),
			met:      ratio >= 0.9,
		},
	}, nil
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
func (l *lab) probeInFlood(addr, token string) (took []time.Duration, flood round, err error) {
	d := l.span(4 * time.Second)
	var failure error
	var flooding sync.WaitGroup
	flooding.Go(func() { flood, failure = l.flood(addr, clients, d) })
	took, err = probeMe(addr, token, d)
	flooding.Wait()
	return took, flood, errors.Join(err, failure)
}

// overload sends ten times as many log-ins as can be done, evenly spread,
// whether or not the ones before are answered.
func (l *lab) overload(addr, _ string) ([]row, error) {
	rate := 10 * l.limit()
	d := l.span(6 * time.Second)
	wires := newStock(addr)
	defer wires.close()
	outcomes := make(chan outcome)
	total := int(rate * d.Seconds())
	go func() {
		begin := time.Now()
		for n := range total {
			time.Sleep(time.Until(begin.Add(time.Duration(float64(n) / rate * float64(time.Second)))))
			go func() { outcomes <- wires.logIn(user(n % clients)) }()
		}
	}()
	var done, refused []time.Duration
	others := map[string]int{}
	for range total {
		switch o := <-outcomes; {
		case o.status == 200:
			done = append(done, o.took)
		case o.status == 503 && o.retryAfter != "":
			refused = append(refused, o.took)
		default:
			others[o.name()]++
		}
	}
	text := fmt.Sprintf("%d done, p50 %s, p99 %s; %d told 503 + Retry-After, p50 %s, p99 %s", len(done), ms(percentile(done, 50)),
		ms(percentile(done, 99)), len(refused), ms(percentile(refused, 50)), ms(percentile(refused, 99)))
	if len(others) > 0 {
		text += fmt.Sprintf("; others: %v", others)
	}
	return []row{{
		what:     fmt.Sprintf("log-in under 10 × overload (%.0f/s), p99", rate),
		goal:     "≤ 2 s, the rest told 503 + Retry-After at once",
		measured: text,
		met: percentile(done, 99) <= 2*time.Second && len(others) == 0 && len(done) > 0 &&
			percentile(refused, 99) <= 200*time.Millisecond,
	}}, nil
}

// timing compares how long an unknown name and a wrong password take, in turns.
// Each user is guessed at only as often as the throttle lets pass at once.
func (l *lab) timing(addr, _ string) ([]row, error) {
	wires, err := dialAll(addr, 1)
	if err != nil {
		return nil, err
	}
	defer closeAll(wires)
	var unknown, wrong []float64
	for n := range 4 * clients {
		for _, guess := range []struct {
			times   *[]float64
			request []byte
		}{
			{&unknown, logIn(fmt.Sprintf("nobody %d", n), password)},
			{&wrong, logIn(user(n%clients), "a wrong password")},
		} {
			start := time.Now()
			a, err := wires[0].do(guess.request)
			if err != nil {
				return nil, err
			}
			if a.status != 401 {
				return nil, fmt.Errorf("a wrong log-in answered %d: %s", a.status, a.body)
			}
			*guess.times = append(*guess.times, time.Since(start).Seconds())
		}
	}
	ratio := median(unknown) / median(wrong)
	return []row{{
		what:     "time of a log-in with an unknown name ÷ with a wrong password",
		goal:     "0.9 to 1.1",
		measured: fmt.Sprintf("%.3f (%.1f ms ÷ %.1f ms)", ratio, 1000*median(unknown), 1000*median(wrong)),
		met:      ratio >= 0.9 && ratio <= 1.1,
	}}, nil
}

func ms(d time.Duration) string { return fmt.Sprintf("%.1f ms", float64(d.Microseconds())/1000) }
