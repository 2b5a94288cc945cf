package main

import (
	"context"
	"fmt"
	"strings"
	"time"
)

// clients is how many connections most measurements use.
const clients = 64

// tokenBytes is about how long an access token is.
const tokenBytes = 350

// contestant is one server in the race of GET /me.
type contestant struct {
	name   string
	goal   float64 // of the baseline's rate; 0 for the baseline
	server *process
	wires  []*wire
	tokens []string
	ratios []float64 // of each round
	rates  []float64 // answers a second, of each round
	cpu    []float64 // microseconds of the server's CPU time per answer, of each round
}

// reads measures GET /me, with a token to verify and a session and a user to
// read for every request. The servers take turns in short rounds, so that each
// ratio compares two neighbours in time.
func (l *lab) reads(ctx context.Context) ([]row, error) {
	race, clean, err := l.contestants(ctx)
	defer clean()
	if err != nil {
		return nil, err
	}
	for _, c := range race { // now: the server hangs up on a connection that says nothing
		if c.wires, err = dialAll(c.server.addr, clients); err != nil {
			return nil, err
		}
	}
	const rounds = 9
	for n := range rounds {
		for _, c := range race {
			if err := c.run(l.span(time.Second), n > 0); err != nil { // the first round warms up
				return nil, fmt.Errorf("%s: %w", c.name, err)
			}
		}
		if n > 0 {
			for _, c := range race[1:] {
				c.ratios = append(c.ratios, c.rates[n-1]/race[0].rates[n-1])
			}
		}
	}
	return readRows(race), nil
}

func readRows(race []*contestant) []row {
	bare := race[0]
	rows := []row{}
	for _, c := range race[1:] {
		ratio := median(c.ratios)
		rows = append(rows, row{
			what: fmt.Sprintf("GET /me on %s, %d connections", c.name, clients),
			goal: fmt.Sprintf("≥ %.2f × bare net/http", c.goal),
			measured: fmt.Sprintf("%.2f × (%.1fk/s of %.1fk/s; the server's CPU %.0f µs of %.0f µs per request)", ratio,
				median(c.rates)/1000, median(bare.rates)/1000, median(c.cpu), median(bare.cpu)),
			met: ratio >= c.goal,
		})
	}
	if len(race) == 2 {
		rows = append(rows, row{what: "the same on PostgreSQL", goal: "≥ 0.18 × bare net/http", measured: "-postgres names none", skipped: true})
	}
	return rows
}

// contestants starts the servers. clean stops them.
func (l *lab) contestants(ctx context.Context) (race []*contestant, clean func(), err error) {
	var cleaners []func()
	clean = func() {
		for _, f := range cleaners {
			f()
		}
	}
	enter := func(name string, goal float64, server *process, err error) error {
		if err != nil {
			return err
		}
		c := &contestant{name: name, goal: goal, server: server}
		cleaners = append([]func(){func() { closeAll(c.wires); server.stop() }}, cleaners...)
		race = append(race, c)
		return c.prepare()
	}
	bare, err := start(ctx, l.dir, l.self, []string{"baseline"}, nil)
	if err := enter("bare net/http", 0, bare, err); err != nil {
		return nil, clean, err
	}
	onFile, err := l.serve(ctx, l.newFile())
	if err := enter("SQLite", 0.36, onFile, err); err != nil {
		return nil, clean, err
	}
	if l.postgres == "" {
		return race, clean, nil
	}
	databaseURL, drop, err := l.newSchema(ctx)
	if err != nil {
		return nil, clean, err
	}
	cleaners = append(cleaners, drop)
	onPostgres, err := l.serve(ctx, databaseURL)
	return race, clean, enter("PostgreSQL", 0.18, onPostgres, err)
}

// prepare opens a session for each connection.
func (c *contestant) prepare() (err error) {
	c.tokens = make([]string, clients)
	if c.goal == 0 { // the baseline reads as many bytes, and looks at none
		for i := range c.tokens {
			c.tokens[i] = strings.Repeat("x", tokenBytes)
		}
		return nil
	}
	if err := addUsers(c.server.addr, 1); err != nil {
		return err
	}
	for i := range c.tokens {
		if c.tokens[i], err = tokenOf(c.server.addr, user(0)); err != nil {
			return err
		}
	}
	return nil
}

func (c *contestant) run(d time.Duration, counts bool) error {
	before := c.server.cpu()
	r := hammer(c.wires, d, 200, func(i int) []byte { return get("/me", c.tokens[i]) })
	if err := r.check(); err != nil {
		return err
	}
	if counts {
		c.rates = append(c.rates, r.perSecond())
		c.cpu = append(c.cpu, float64((c.server.cpu()-before).Microseconds())/float64(len(r.good)))
	}
	return nil
}
