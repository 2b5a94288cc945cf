package main

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"
)

// clients is how many connections most measurements use.
const clients = 64

// tokenBytes is about how long an access token is.
const tokenBytes = 350

// race is some servers that take turns to answer GET /me; the first one is the
// baseline.
type race struct {
	contestants []*contestant
	cleaners    []func()
}

// contestant is one server in the race.
type contestant struct {
	name   string
	goal   float64 // of the baseline's rate; 0: none
	other  bool    // it is not our server
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
func (b *testbed) reads(ctx context.Context) ([]row, error) {
	var r race
	defer r.close()
	if err := b.enterAll(ctx, &r); err != nil {
		return nil, err
	}
	if err := r.connect(); err != nil { // now: the server hangs up on a connection that says nothing
		return nil, err
	}
	const rounds = 9
	for n := range rounds {
		if err := r.round(b.span(time.Second), n > 0); err != nil { // the first round warms up
			return nil, err
		}
	}
	return r.rows(), nil
}

// enterAll starts the servers.
func (b *testbed) enterAll(ctx context.Context, r *race) error {
	bare, err := start(ctx, b.dir, b.self, []string{"baseline"}, nil)
	if err != nil {
		return err
	}
	if err := r.enter(&contestant{name: "bare net/http", server: bare}); err != nil {
		return err
	}
	onFile, err := b.serve(ctx, b.newFile())
	if err != nil {
		return err
	}
	if err := r.enter(&contestant{name: "SQLite", goal: 0.36, server: onFile}); err != nil {
		return err
	}
	if err := b.enterOthers(ctx, r); err != nil || b.postgres == "" {
		return err
	}
	databaseURL, drop, err := b.newSchema(ctx)
	if err != nil {
		return err
	}
	r.cleaners = append(r.cleaners, drop)
	onPostgres, err := b.serve(ctx, databaseURL)
	if err != nil {
		return err
	}
	return r.enter(&contestant{name: "PostgreSQL", goal: 0.18, server: onPostgres})
}

// enter adds a server, which the race stops at its end.
func (r *race) enter(c *contestant) error {
	r.contestants = append(r.contestants, c)
	r.cleaners = append(r.cleaners, func() { closeAll(c.wires); c.server.stop() })
	return c.prepare()
}

// close cleans up, the last thing first.
func (r *race) close() {
	for _, clean := range slices.Backward(r.cleaners) {
		clean()
	}
}

// prepare opens a session for each connection.
func (c *contestant) prepare() (err error) {
	c.tokens = make([]string, clients)
	if c.goal == 0 && !c.other { // the baseline reads as many bytes, and looks at none
		for i := range c.tokens {
			c.tokens[i] = strings.Repeat("x", tokenBytes)
		}
		return nil
	}
	const users = 2 // one may have 50 sessions
	if err := addUsers(c.server.addr, users); err != nil {
		return err
	}
	for i := range c.tokens {
		if c.tokens[i], err = tokenOf(c.server.addr, user(i%users)); err != nil {
			return err
		}
	}
	return nil
}

func (r *race) connect() (err error) {
	for _, c := range r.contestants {
		if c.wires, err = dialAll(c.server.addr, clients); err != nil {
			return err
		}
	}
	return nil
}

// round lets each server answer for so long.
func (r *race) round(d time.Duration, counts bool) error {
	for _, c := range r.contestants {
		if err := c.run(d, counts); err != nil {
			return fmt.Errorf("%s: %w", c.name, err)
		}
	}
	if !counts {
		return nil
	}
	bare := r.contestants[0].rates
	for _, c := range r.contestants[1:] {
		n := len(c.rates) - 1
		c.ratios = append(c.ratios, c.rates[n]/bare[n])
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

func (r *race) rows() []row {
	bare := r.contestants[0]
	rows := r.otherRows()
	onPostgres := false
	for _, c := range r.contestants {
		if c.goal == 0 {
			continue
		}
		onPostgres = onPostgres || c.name == "PostgreSQL"
		ratio := median(c.ratios)
		rows = append(rows, row{
			what: fmt.Sprintf("GET /me on %s, %d connections", c.name, clients),
			goal: fmt.Sprintf("≥ %.2f × bare net/http", c.goal),
			measured: fmt.Sprintf("%.2f × (%.1fk/s of %.1fk/s; the server's CPU %.0f µs of %.0f µs per request)", ratio,
				median(c.rates)/1000, median(bare.rates)/1000, median(c.cpu), median(bare.cpu)),
			met: ratio >= c.goal,
		})
	}
	if !onPostgres {
		rows = append(rows, row{
			what: "the same on PostgreSQL", goal: "≥ 0.18 × bare net/http", measured: "-postgres names none", skipped: true,
		})
	}
	return rows
}
