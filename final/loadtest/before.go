package main

import (
	"context"
	"fmt"
	"time"
)

// pace is what one release does, in rounds that take turns with another.
type pace struct {
	server  *process
	token   string
	logIns  []float64       // of each round, a second
	cpu     []float64       // of each round, microseconds of the server's CPU time per GET /me
	waits   []time.Duration // of GET /me while clients hammer log-in
	peakRSS int64           // bytes
}

// comparison is this release beside one before it.
type comparison struct{ old, now pace }

// before compares the server with a program of an earlier release, which the
// flag -before names: log-ins, GET /me, and memory.
func (b *testbed) before(ctx context.Context) ([]row, error) {
	if b.old == "" {
		return []row{{what: "this release beside one before it", measured: "-before names none", skipped: true}}, nil
	}
	var c comparison
	for program, p := range map[string]*pace{b.old: &c.old, b.program: &c.now} {
		if err := b.begin(ctx, program, p); err != nil {
			return nil, err
		}
		defer p.server.stop()
	}
	const rounds = 6
	for range rounds {
		for _, p := range []*pace{&c.old, &c.now} {
			if err := b.step(p); err != nil {
				return nil, err
			}
		}
	}
	return c.rows(), nil
}

func (b *testbed) begin(ctx context.Context, program string, p *pace) (err error) {
	if p.server, err = b.serveProgram(ctx, program, b.newFile()); err != nil {
		return err
	}
	if err := addUsers(p.server.addr, clients+1); err != nil {
		return err
	}
	p.token, err = tokenOf(p.server.addr, bystanding())
	return err
}

// step is one round of one release.
func (b *testbed) step(p *pace) error {
	reads, err := b.readAlone(p)
	if err != nil {
		return err
	}
	alone, err := flood(p.server.addr, clients, b.span(3*time.Second))
	if err != nil {
		return err
	}
	waits, _, err := probeInFlood(p.server.addr, p.token, b.span(4*time.Second))
	if err != nil {
		return err
	}
	p.cpu, p.logIns, p.waits = append(p.cpu, reads), append(p.logIns, alone.perSecond()), append(p.waits, waits...)
	_, p.peakRSS, err = p.server.memory()
	return err
}

// readAlone returns the CPU time that a GET /me takes, in microseconds.
func (b *testbed) readAlone(p *pace) (float64, error) {
	wires, err := dialAll(p.server.addr, clients)
	if err != nil {
		return 0, err
	}
	defer closeAll(wires)
	used := p.server.cpu()
	r := hammer(wires, b.span(2*time.Second), 200, func(int) []byte { return get("/me", p.token) })
	return float64((p.server.cpu() - used).Microseconds()) / float64(len(r.good)), r.check()
}

func (c comparison) rows() []row {
	wait := func(p pace) float64 { return float64(percentile(p.waits, 99).Microseconds()) / 1000 }
	return []row{
		atLeast("log-ins a second, 64 connections", 1.3, median(c.now.logIns), median(c.old.logIns)),
		atMost("GET /me while 64 clients hammer log-in, p99 in ms", 1, wait(c.now), wait(c.old)),
		atMost("peak memory (RSS) in MB", 0.75, float64(c.now.peakRSS)/1e6, float64(c.old.peakRSS)/1e6),
		atMost("the server's CPU per GET /me in µs", 0.75, median(c.now.cpu), median(c.old.cpu)),
	}
}

func atLeast(what string, goal, now, old float64) row {
	return row{
		what: what, goal: fmt.Sprintf("≥ %.2f × the release before", goal),
		measured: fmt.Sprintf("%.2f × (%.1f, before %.1f)", now/old, now, old), met: now >= goal*old,
	}
}

func atMost(what string, goal, now, old float64) row {
	r := atLeast(what, goal, now, old)
	r.goal, r.met = fmt.Sprintf("≤ %.2f × the release before", goal), now <= goal*old
	return r
}
