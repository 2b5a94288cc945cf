package main

import (
	"fmt"
	"runtime"
	"time"
)

// throughput is how many log-ins a second there were on some numbers of
// connections.
type throughput struct {
	limits []float64 // of each round: how many there could be
	loads  []logInLoad
}

// logInLoad is one number of connections.
type logInLoad struct {
	connections   int
	rates, ratios []float64 // of each round; a ratio is of that round's limit
}

// throughput takes turns: the bare hash, 8 connections, 64 connections.
func (b *testbed) throughput(addr, _ string) (result, error) {
	t := throughput{loads: []logInLoad{{connections: 8}, {connections: clients}}}
	for range 4 {
		limit := b.limit()
		t.limits = append(t.limits, limit)
		for i := range t.loads {
			load := &t.loads[i]
			r, err := flood(addr, load.connections, b.span(3*time.Second))
			if err != nil {
				return nil, err
			}
			load.rates = append(load.rates, r.perSecond())
			load.ratios = append(load.ratios, r.perSecond()/limit)
		}
	}
	return t, nil
}

func (t throughput) rows() (rows []row) {
	limit := median(t.limits)
	for _, load := range t.loads {
		ratio := median(load.ratios)
		rows = append(rows, row{
			what: fmt.Sprintf("log-ins a second, %d connections", load.connections),
			goal: "≥ 0.95 × (cores ÷ time of one hash)",
			measured: fmt.Sprintf("%.2f × (%.0f/s of %.0f/s; one hash %.1f ms)", ratio, median(load.rates), limit,
				1000*float64(runtime.NumCPU())/limit),
			met: ratio >= 0.95,
		})
	}
	return rows
}
