package main

import (
	"fmt"
	"sync"
	"time"
)

// pool is a set of open connections that grows as it is used: a load that
// does not wait for answers needs as many as there are answers to come.
type pool struct {
	addr  string
	mu    sync.Mutex
	wires []*wire
}

func newPool(addr string) *pool { return &pool{addr: addr} }

func (p *pool) take() (*wire, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if n := len(p.wires); n > 0 {
		w := p.wires[n-1]
		p.wires = p.wires[:n-1]
		return w, nil
	}
	return dial(p.addr)
}

func (p *pool) put(w *wire) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.wires = append(p.wires, w)
}

func (p *pool) close() { closeAll(p.wires) }

// outcome is what became of one request.
type outcome struct {
	status     int // 0: no answer
	retryAfter string
	took       time.Duration
	err        error
}

func (o outcome) name() string {
	if o.err != nil {
		return "no answer"
	}
	return fmt.Sprint(o.status)
}

func (p *pool) logIn(username string) outcome {
	start := time.Now()
	w, err := p.take()
	if err != nil {
		return outcome{err: err}
	}
	_ = w.conn.SetDeadline(start.Add(patience))
	a, err := w.exchange(logIn(username, password))
	if err != nil {
		_ = w.conn.Close()
		return outcome{err: err}
	}
	o := outcome{status: a.status, retryAfter: a.field("Retry-After"), took: time.Since(start)}
	p.put(w)
	return o
}
