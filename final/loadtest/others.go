package main

import (
	"context"
	"fmt"
	"os/exec"
	"path/filepath"
	"strings"
)

// enterOthers lets servers of other frameworks race, which verify the same token
// and read no session. They are a module of their own in the folder others.
func (b *testbed) enterOthers(ctx context.Context, r *race) error {
	if !b.others {
		return nil
	}
	program := filepath.Join(b.dir, "others")
	root, err := exec.CommandContext(ctx, "go", "list", "-m", "-f", "{{.Dir}}", "example.com/authbook").Output()
	if err != nil {
		return fmt.Errorf("find the module: %w", err)
	}
	dir := filepath.Join(strings.TrimSpace(string(root)), "final", "loadtest", "others")
	if err := build(ctx, dir, ".", program); err != nil {
		return err
	}
	for _, name := range []string{"gin", "fiber"} {
		server, err := start(ctx, b.dir, program, []string{name}, nil)
		if err != nil {
			return err
		}
		if err := r.enter(&contestant{name: name, other: true, server: server}); err != nil {
			return err
		}
	}
	return nil
}

// otherRows compares this server, the second of the race, with each other one.
func (r *race) otherRows() (rows []row) {
	ours := r.contestants[1]
	for _, c := range r.contestants {
		if !c.other {
			continue
		}
		ratios := make([]float64, len(c.rates))
		for i := range ratios {
			ratios[i] = ours.rates[i] / c.rates[i]
		}
		goal := none
		if c.name == "gin" {
			goal = "≥ 1.00 ×"
		}
		rows = append(rows, row{
			what: "GET /me on SQLite ÷ " + c.name + " with golang-jwt, which reads no session and logs nothing",
			goal: goal,
			measured: fmt.Sprintf("%.2f × (%.1fk/s of %.1fk/s; CPU %.0f µs of %.0f µs per request)", median(ratios),
				median(ours.rates)/1000, median(c.rates)/1000, median(ours.cpu), median(c.cpu)),
			met: goal == none || median(ratios) >= 1,
		})
	}
	return rows
}
