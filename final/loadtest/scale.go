package main

import (
	"bytes"
	"context"
	"crypto/rand"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"sync"
	"time"
)

// fleet is some servers on one PostgreSQL, as behind a balancer.
type fleet []*process

// scale measures what one more server brings on one PostgreSQL, and how much CPU
// time each side spends on a request: the numbers of docs/scale.md.
func (b *testbed) scale(ctx context.Context) (rows []row, err error) {
	if b.postgres == "" {
		return []row{{what: "several servers", measured: "-postgres names none", skipped: true}}, nil
	}
	databaseURL, drop, err := b.newSchema(ctx)
	if err != nil {
		return nil, err
	}
	defer drop()
	secret := rand.Text() + rand.Text()
	var servers fleet
	defer func() { servers.stop() }()
	for _, n := range []int{1, 2, 4} {
		for len(servers) < n {
			server, err := b.serve(ctx, databaseURL, "AUTH_SECRET="+secret, "AUDIT_DIR="+b.newFile())
			if err != nil {
				return nil, err
			}
			servers = append(servers, server)
		}
		some, err := b.stretch(servers)
		if err != nil {
			return nil, err
		}
		rows = append(rows, some...)
	}
	return rows, nil
}

// stretch measures one size of the fleet: reads, and log-ins.
func (b *testbed) stretch(servers fleet) ([]row, error) {
	if len(servers) == 1 {
		if err := addUsers(servers[0].addr, clients); err != nil {
			return nil, err
		}
	}
	token, err := tokenOf(servers[0].addr, user(0))
	if err != nil {
		return nil, err
	}
	reads, err := servers.load("GET /me", b.span(4*time.Second), func(int) []byte { return get("/me", token) })
	if err != nil {
		return nil, err
	}
	logIns, err := servers.load("log-in", b.span(6*time.Second), func(i int) []byte { return logIn(user(i), password) })
	return []row{reads, logIns}, err
}

// load shares the clients between the servers, and says what a request costs.
func (f fleet) load(what string, d time.Duration, request func(int) []byte) (row, error) {
	parts := make([]round, len(f))
	shares := make([][]*wire, len(f))
	for i, server := range f {
		wires, err := dialAll(server.addr, clients/len(f))
		if err != nil {
			return row{}, err
		}
		defer closeAll(wires)
		shares[i] = wires
	}
	servers, database := f.cpu(), postgresCPU()
	var wait sync.WaitGroup
	for i, wires := range shares {
		wait.Go(func() {
			parts[i] = hammer(wires, d, 200, func(n int) []byte { return request(i*len(wires) + n) })
		})
	}
	wait.Wait()
	r := join(parts, d)
	each := func(used time.Duration) float64 { return float64(used.Microseconds()) / float64(len(r.good)) }
	return row{
		what: fmt.Sprintf("%s, %d servers on one PostgreSQL", what, len(f)), goal: none,
		measured: fmt.Sprintf("%.0f/s; CPU a request: servers %.0f µs, PostgreSQL %.0f µs", r.perSecond(),
			each(f.cpu()-servers), each(postgresCPU()-database)),
		met: true,
	}, r.failure
}

func (f fleet) cpu() (sum time.Duration) {
	for _, server := range f {
		sum += server.cpu()
	}
	return sum
}

func (f fleet) stop() {
	for _, server := range f {
		server.stop()
	}
}

// postgresCPU is the CPU time of all processes of PostgreSQL on this machine.
func postgresCPU() (sum time.Duration) {
	names, _ := filepath.Glob("/proc/[0-9]*/comm")
	for _, name := range names {
		comm, _ := os.ReadFile(name)
		if bytes.Equal(bytes.TrimSpace(comm), []byte("postgres")) {
			pid, _ := strconv.Atoi(filepath.Base(filepath.Dir(name)))
			sum += cpuOf(pid)
		}
	}
	return sum
}
