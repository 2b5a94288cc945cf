package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"sync"
	"time"
)

const (
	attackers         = 160 // connections
	attackerAddresses = 4
	inTime            = 2 * time.Second // people give up after that
)

// fairness is how many right log-ins of a person came in time, while attackers
// at other addresses hammered log-in.
type fairness struct{ fair, unfair tries }

// tries are log-ins with the right password.
type tries struct{ sent, good int }

func (t tries) share() float64 { return float64(t.good) / float64(max(1, t.sent)) }

func (t tries) String() string { return fmt.Sprintf("%.0f %% of %d", 100*t.share(), t.sent) }

// fairness takes turns between a server that knows its clients' addresses, and
// one that takes them all for one address. The queue of the second is what it
// would be without fairness: first come, first served.
func (b *testbed) fairness(ctx context.Context) (rows []row, err error) {
	fair, err := b.crowded(ctx, "TRUSTED_PROXIES=127.0.0.1/32")
	if err != nil {
		return nil, err
	}
	defer fair.stop()
	unfair, err := b.crowded(ctx)
	if err != nil {
		return nil, err
	}
	defer unfair.stop()
	var f fairness
	for range 3 {
		for server, count := range map[*process]*tries{fair: &f.fair, unfair: &f.unfair} {
			if err := count.inCrowd(server.addr, b.span(6*time.Second)); err != nil {
				return nil, err
			}
		}
	}
	return f.rows(), nil
}

// crowded starts a server with accounts for the attackers, and the person's as
// the last one.
func (b *testbed) crowded(ctx context.Context, env ...string) (*process, error) {
	server, err := b.serve(ctx, b.newFile(), env...)
	if err != nil {
		return nil, err
	}
	if err := addUsers(server.addr, clients+1); err != nil {
		server.stop()
		return nil, err
	}
	return server, nil
}

// inCrowd counts the log-ins of a person while the attackers hammer theirs.
func (t *tries) inCrowd(addr string, d time.Duration) error {
	wires, err := dialAll(addr, attackers)
	if err != nil {
		return err
	}
	defer closeAll(wires)
	var crowd round
	var hammering sync.WaitGroup
	hammering.Go(func() {
		crowd = hammer(wires, d, 200, func(i int) []byte {
			return from(fmt.Sprint("192.0.2.", i%attackerAddresses), logIn(user(i%clients), password))
		})
	})
	err = t.person(addr, d)
	hammering.Wait()
	return errors.Join(err, crowd.failure)
}

// person tries to log in again and again, as a person does: one try at a time.
func (t *tries) person(addr string, d time.Duration) error {
	w, err := dial(addr)
	if err != nil {
		return err
	}
	defer w.conn.Close()
	pause := time.NewTicker(250 * time.Millisecond)
	defer pause.Stop()
	request := from("198.51.100.7", logIn(user(clients), password))
	for end := time.Now().Add(d - inTime/2); time.Now().Before(end); {
		<-pause.C
		start := time.Now()
		a, err := w.exchange(request)
		if err != nil {
			return err
		}
		t.sent++
		if a.status == 200 && time.Since(start) <= inTime {
			t.good++
		}
	}
	return nil
}

// from says for whom a proxy sends the request.
func from(address string, request []byte) []byte {
	return bytes.Replace(request, []byte("\r\n"), []byte("\r\nX-Forwarded-For: "+address+"\r\n"), 1)
}

func (f fairness) rows() []row {
	return []row{{
		what: fmt.Sprintf("right log-ins within 2 s while %d connections from %d other addresses hammer log-in",
			attackers, attackerAddresses),
		goal:     "≥ 95 %",
		measured: fmt.Sprintf("%v (without fairness: %v)", f.fair, f.unfair),
		met:      f.fair.share() >= 0.95,
	}}
}
