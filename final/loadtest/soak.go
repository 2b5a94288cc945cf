package main

import (
	"context"
	"database/sql"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"
)

// gauge is something that a server holds, and that must not grow.
type gauge struct {
	what   string
	read   func() (float64, error)
	values []float64 // of each sample
}

// samples is how often a soak reads its gauges. Of these the last third is
// compared with the second one; the first one warms up, and fills the tables with
// the rows of sessions that ended within AccessTTL.
const samples = 30

// soak lets 16 people use a server for an hour and reads again and again what it
// holds: on SQLite and, where there is one, on PostgreSQL at the same time.
func (b *testbed) soak(ctx context.Context) (rows []row, err error) {
	file := b.newFile()
	soaks := []func() ([]row, error){func() ([]row, error) {
		return b.soakOn(ctx, "SQLite", file, []*gauge{
			{what: "database in MB", read: sizeOf(file)}, {what: "WAL in MB", read: sizeOf(file + "-wal")},
		})
	}}
	if b.postgres != "" {
		databaseURL, drop, err := b.newSchema(ctx)
		if err != nil {
			return nil, err
		}
		defer drop()
		soaks = append(soaks, func() ([]row, error) {
			return b.soakOn(ctx, "PostgreSQL", databaseURL, []*gauge{
				{what: "tables in MB", read: func() (float64, error) { return sizeOfTables(ctx, databaseURL) }},
			})
		})
	}
	parts, failures := make([][]row, len(soaks)), make([]error, len(soaks))
	var wait sync.WaitGroup
	for i, one := range soaks {
		wait.Go(func() { parts[i], failures[i] = one() })
	}
	wait.Wait()
	return slices.Concat(parts...), firstOf(failures)
}

func (b *testbed) soakOn(ctx context.Context, name, databaseURL string, gauges []*gauge) ([]row, error) {
	server, err := b.serve(ctx, databaseURL)
	if err != nil {
		return nil, err
	}
	defer server.stop()
	const crowd = 16
	if err := addUsers(server.addr, crowd); err != nil {
		return nil, err
	}
	span := b.span(time.Hour)
	gauges = append(gauges, server.gauges()...)
	asked, refused, err := useAndRead(server.addr, crowd, span, gauges)
	if err != nil {
		return nil, err
	}
	rows := []row{{
		what: fmt.Sprintf("%v of mixed load on %s, answered as it should", span, name), goal: none,
		measured: fmt.Sprintf("%d requests (%d told 503 before)", asked, refused), met: true,
	}}
	for _, g := range gauges {
		rows = append(rows, g.row(name))
	}
	return rows, nil
}

// useAndRead lets a crowd live, and reads the gauges meanwhile.
func useAndRead(
	addr string, crowd int, span time.Duration, gauges []*gauge,
) (asked, refused int, err error) {
	until := time.Now().Add(span)
	people, failures := make([]*person, crowd), make([]error, crowd)
	var lives sync.WaitGroup
	for i := range people {
		if people[i], err = newPerson(addr, user(i)); err != nil {
			return 0, 0, err
		}
		lives.Go(func() { failures[i] = people[i].live(until, 250*time.Millisecond) })
	}
	for range samples {
		time.Sleep(span / samples)
		for _, g := range gauges {
			value, err := g.read()
			if err != nil {
				return 0, 0, err
			}
			g.values = append(g.values, value)
		}
	}
	lives.Wait()
	for i := range people {
		asked += people[i].asked
		refused += people[i].refused
	}
	return asked, refused, firstOf(failures)
}

// row compares the last third of the samples with the second one.
func (g *gauge) row(name string) row {
	second, last := median(g.values[samples/3:2*samples/3]), median(g.values[2*samples/3:])
	return row{
		what: g.what + " on " + name, goal: "the last third ≤ 1.1 × the second one",
		measured: fmt.Sprintf("%.2f × (%.1f, before %.1f)", last/second, last, second),
		met:      last <= 1.1*second,
	}
}

// gauges are what each server holds, whatever its database.
func (p *process) gauges() []*gauge {
	metrics := <-p.metrics
	return []*gauge{
		{what: "memory (RSS) in MB", read: func() (float64, error) {
			now, _, err := p.memory()
			return float64(now) / megabyte, err
		}},
		{what: "open files", read: func() (float64, error) {
			files, err := os.ReadDir(fmt.Sprintf("/proc/%d/fd", p.command.Process.Pid))
			return float64(len(files)), err
		}},
		{what: "goroutines", read: func() (float64, error) { return goroutines(metrics) }},
	}
}

// goroutines asks the server's own metrics.
func goroutines(metrics string) (float64, error) {
	answer, err := http.Get(metrics)
	if err != nil {
		return 0, err
	}
	defer answer.Body.Close()
	text, err := io.ReadAll(answer.Body)
	if err != nil {
		return 0, err
	}
	_, rest, _ := strings.Cut(string(text), "\ngo_goroutines ")
	number, _, _ := strings.Cut(rest, "\n")
	return strconv.ParseFloat(number, 64)
}

// sizeOf reads how large a file is, in megabytes.
func sizeOf(path string) func() (float64, error) {
	return func() (float64, error) {
		info, err := os.Stat(filepath.Clean(path))
		if err != nil {
			return 0, err
		}
		return float64(info.Size()) / megabyte, nil
	}
}

// sizeOfTables is how much the tables of a schema take with their indexes, in
// megabytes.
func sizeOfTables(ctx context.Context, databaseURL string) (size float64, err error) {
	db, err := sql.Open("pgx", databaseURL)
	if err != nil {
		return 0, err
	}
	defer db.Close()
	err = db.QueryRowContext(ctx, `SELECT sum(pg_total_relation_size(oid)) / 1048576.0
		FROM pg_class WHERE relnamespace = current_schema()::regnamespace AND relkind = 'r'`).Scan(&size)
	return size, err
}
