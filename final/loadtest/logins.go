package main

import (
	"context"
	"fmt"
	"runtime"
	"sync"
	"time"

	accounts "example.com/authbook/04-signup-login"
)

// result is what a measurement has found. It measures nothing more.
type result interface{ rows() []row }

// logIns measures what the hash bounds: how many log-ins a second there are,
// what others feel of a flood of them, and what becomes of too many.
func (b *testbed) logIns(ctx context.Context) (rows []row, err error) {
	server, err := b.serve(ctx, b.newFile(), "TRUSTED_PROXIES=127.0.0.1/32")
	if err != nil {
		return nil, err
	}
	defer server.stop()
	if err := addUsers(server.addr, clients+1); err != nil {
		return nil, err
	}
	token, err := tokenOf(server.addr, bystanding())
	if err != nil {
		return nil, err
	}
	for _, measure := range []func(addr, token string) (result, error){
		b.throughput, b.bystander, b.overload, b.timing,
	} {
		found, err := measure(server.addr, token)
		if err != nil {
			return nil, err
		}
		rows = append(rows, found.rows()...)
	}
	old, err := b.timingOfOldHashes(ctx)
	return append(rows, old...), err
}

// bystanding is the user who logs in once. The others open so many sessions that
// their first one has to go.
func bystanding() string { return user(clients) }

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
func (b *testbed) limit() float64 { return hashes(runtime.NumCPU(), b.span(2*time.Second)) }

// flood logs in on n connections at once, each with a user of its own.
func flood(addr string, n int, d time.Duration) (round, error) {
	wires, err := dialAll(addr, n)
	if err != nil {
		return round{}, err
	}
	defer closeAll(wires)
	r := hammer(wires, d, 200, func(i int) []byte { return logIn(user(i), password) })
	return r, r.failure
}

func ms(d time.Duration) string { return fmt.Sprintf("%.1f ms", float64(d.Microseconds())/1000) }
