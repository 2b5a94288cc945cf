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

// kinds of requests, in the order of [fleet.stretch].
const (
	read = iota
	refresh
	logInKind
	kinds
)

var kindNames = [kinds]string{"GET /me", "refresh", "log-in"}

// cost is what one kind of request takes.
type cost struct {
	perSecond         float64
	servers, database time.Duration // CPU time of a request
}

// scale measures what one more server brings on one PostgreSQL, and how much CPU
// time each side spends on a request. From what a request costs on one server,
// the last rows say what so many users need: the numbers of docs/scale.md.
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
	var alone [kinds]cost
	for _, n := range []int{1, 2, 4} {
		for len(servers) < n {
			server, err := b.serve(ctx, databaseURL, "AUTH_SECRET="+secret, "AUDIT_DIR="+b.newFile())
			if err != nil {
				return nil, err
			}
			servers = append(servers, server)
		}
		costs, err := b.stretch(servers)
		if err != nil {
			return nil, err
		}
		if n == 1 {
			alone = costs
		}
		rows = append(rows, costRows(n, costs)...)
	}
	return append(rows, modelRows(alone)...), nil
}

func costRows(servers int, costs [kinds]cost) (rows []row) {
	for kind, c := range costs {
		rows = append(rows, row{
			what: fmt.Sprintf("%s, servers on one PostgreSQL: %d", kindNames[kind], servers), goal: none,
			measured: fmt.Sprintf("%.0f/s; CPU a request: servers %d µs, PostgreSQL %d µs",
				c.perSecond, c.servers.Microseconds(), c.database.Microseconds()),
			met: true,
		})
	}
	return rows
}

// stretch measures one size of the fleet.
func (b *testbed) stretch(servers fleet) (costs [kinds]cost, err error) {
	if len(servers) == 1 {
		if err := addUsers(servers[0].addr, clients); err != nil {
			return costs, err
		}
	}
	token, err := tokenOf(servers[0].addr, user(0))
	if err != nil {
		return costs, err
	}
	me := func(int) []byte { return get("/me", token) }
	if costs[read], err = servers.load(b.span(4*time.Second), clients, me); err != nil {
		return costs, err
	}
	if costs[refresh], err = servers.refresh(b.span(4 * time.Second)); err != nil {
		return costs, err
	}
	everybody := func(i int) []byte { return logIn(user(i), password) }
	costs[logInKind], err = servers.load(b.span(6*time.Second), unrefused, everybody)
	return costs, err
}

// unrefused is how many log-ins at a time no queue of hashes refuses. What is
// refused costs too, and would be counted as the cost of those that are not.
const unrefused = 8

// load shares so many connections between the servers.
func (f fleet) load(d time.Duration, connections int, request func(int) []byte) (cost, error) {
	parts := make([]round, len(f))
	shares := make([][]*wire, len(f))
	for i, server := range f {
		wires, err := dialAll(server.addr, connections/len(f))
		if err != nil {
			return cost{}, err
		}
		defer closeAll(wires)
		shares[i] = wires
	}
	var failure error
	c := f.measure(d, func() (good int) {
		var wait sync.WaitGroup
		for i, wires := range shares {
			wait.Go(func() {
				parts[i] = hammer(wires, d, 200, func(n int) []byte { return request(i*len(wires) + n) })
			})
		}
		wait.Wait()
		r := join(parts, d)
		failure = r.check()
		return len(r.good)
	})
	return c, failure
}

// refresh lets people refresh their sessions, each the own one.
func (f fleet) refresh(d time.Duration) (cost, error) {
	people := make([]*person, 16)
	for i := range people {
		var err error
		if people[i], err = newPerson(f[i%len(f)].addr, user(i)); err != nil {
			return cost{}, err
		}
		if err := people[i].logIn(0); err != nil {
			return cost{}, err
		}
	}
	failures := make([]error, len(people))
	c := f.measure(d, func() (good int) {
		var wait sync.WaitGroup
		for i, p := range people {
			wait.Go(func() {
				p.asked = 0
				for until := time.Now().Add(d); time.Now().Before(until) && failures[i] == nil; {
					failures[i] = p.refresh(0)
				}
			})
		}
		wait.Wait()
		for _, p := range people {
			good += p.asked
		}
		return good
	})
	return c, firstOf(failures)
}

// measure runs some load, which returns how many requests were answered well.
func (f fleet) measure(d time.Duration, load func() int) cost {
	servers, database := f.cpu(), postgresCPU()
	good := load()
	each := func(used time.Duration) time.Duration { return used / time.Duration(max(1, good)) }
	return cost{float64(good) / d.Seconds(), each(f.cpu() - servers), each(postgresCPU() - database)}
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
