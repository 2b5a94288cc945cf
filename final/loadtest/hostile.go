package main

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"sync"
	"time"
)

const (
	hostileAddresses = 8           // 127.0.0.2 and on
	probers          = 4           // new clients at a time
	hostilePatience  = time.Second // what a new client waits at most, in 99 of 100 tries
)

// attack is a way to hold connections and give nothing for them.
type attack struct {
	name        string
	connections int
	says        []byte // when the connection is open
	drips       string // again and again after that; "": it reads what comes, until the end
	http2       bool   // over HTTPS
}

func attacks() []attack {
	return []attack{
		{"say nothing", 3000, nil, "", false},
		{"send the header slowly", 3000, []byte("GET /healthz HTTP/1.1\r\nHost: localhost\r\nX-Slow: "), "x", false},
		{"send the body slowly", 3000, []byte("POST /login HTTP/1.1\r\nHost: localhost\r\n" +
			"Content-Type: application/json\r\nContent-Length: 16000\r\n\r\n{"), " ", false},
		{"don't read the answer", 3000, get("/swagger/swagger-ui-bundle.js", ""), "\n", false},
		{"have a window of zero on HTTP/2", 1000, zeroWindow(), "", true},
		{"have a window of zero on HTTP/2", 3000, zeroWindow(), "", true},
	}
}

// siege is what became of new clients and of the server in an attack.
type siege struct {
	attack
	alone []time.Duration // from the begin of a new client's connection to the end of its answer
	waits []time.Duration // the same in the attack
	peak  int64           // RSS of the server, in bytes
}

// hostile measures what a new client at another address feels of each attack.
func (b *testbed) hostile(ctx context.Context) (rows []row, err error) {
	for _, a := range attacks() {
		s, err := b.besiege(ctx, a)
		if errors.Is(err, errNoAddress) {
			return []row{{what: "hostile connections", measured: err.Error(), skipped: true}}, nil
		}
		if err != nil {
			return nil, fmt.Errorf("%s: %w", a.name, err)
		}
		rows = append(rows, s.rows()...)
	}
	return rows, nil
}

func (b *testbed) besiege(ctx context.Context, a attack) (s siege, err error) {
	serve := func() (*process, error) { return b.serve(ctx, b.newFile()) }
	if a.http2 {
		serve = func() (*process, error) { return b.serveSecure(ctx) }
	}
	server, err := serve()
	if err != nil {
		return s, err
	}
	defer server.stop()
	s = siege{attack: a, alone: newClients(server.addr, a.http2, b.span(3*time.Second))}
	crowd, err := gather(ctx, a, server.addr)
	if err != nil {
		return s, err
	}
	defer crowd.disperse()
	s.waits = newClients(server.addr, a.http2, b.span(12*time.Second))
	_, s.peak, _ = server.memory()
	return s, nil
}

// newClients sends GET /healthz again and again, each on a new connection, and
// returns how long each took. One that got no answer has taken all patience.
func newClients(addr string, secure bool, d time.Duration) (waits []time.Duration) {
	var mu sync.Mutex
	var clients sync.WaitGroup
	end := time.Now().Add(d)
	for range probers {
		clients.Go(func() {
			for time.Now().Before(end) {
				took := newClient(addr, secure)
				mu.Lock()
				waits = append(waits, took)
				mu.Unlock()
				time.Sleep(50 * time.Millisecond)
			}
		})
	}
	clients.Wait()
	return waits
}

func newClient(addr string, secure bool) time.Duration {
	start := time.Now()
	w, err := dial(addr)
	if err != nil {
		return patience
	}
	if secure {
		w.conn = overTLS(w.conn, "http/1.1")
	}
	defer w.conn.Close()
	_ = w.conn.SetDeadline(start.Add(patience))
	if a, err := w.exchange(get("/healthz", "")); err != nil || a.status != 200 {
		return patience
	}
	return time.Since(start)
}

func (s siege) rows() []row {
	limit := int64(75 * runtime.NumCPU())
	p99 := percentile(s.waits, 99)
	return []row{{
		what: fmt.Sprintf("a new client's GET /healthz while %d connections from %d addresses %s, p99",
			s.connections, hostileAddresses, s.name),
		goal: fmt.Sprintf("≤ 1 s, RSS ≤ %d MB", limit),
		measured: fmt.Sprintf("p50 %s, p99 %s of %d (without them: p50 %s, p99 %s); RSS at most %.1f MB",
			ms(percentile(s.waits, 50)), ms(p99), len(s.waits),
			ms(percentile(s.alone, 50)), ms(percentile(s.alone, 99)), float64(s.peak)/megabyte),
		met: len(s.waits) > 0 && p99 <= hostilePatience && s.peak <= limit*megabyte,
	}}
}
