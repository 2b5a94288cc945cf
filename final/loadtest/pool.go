package main

import (
	"fmt"
	"sync"
	"time"
)

// stock is a set of open connections that grows as it is used: a load that
// does not wait for answers needs as many as there are answers to come.
type stock struct {
	addr  string
	mu    sync.Mutex
	wires []*wire
}

func newStock(addr string) *stock { return &stock{addr: addr} }

func (s *stock) take() (*wire, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if n := len(s.wires); n > 0 {
		w := s.wires[n-1]
		s.wires = s.wires[:n-1]
		return w, nil
	}
	return dial(s.addr)
}

func (s *stock) put(w *wire) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.wires = append(s.wires, w)
}

func (s *stock) close() { closeAll(s.wires) }

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

func (s *stock) logIn(username string) outcome {
	start := time.Now()
	w, err := s.take()
	if err != nil {
		return outcome{err: err}
	}
	_ = w.conn.SetDeadline(start.Add(patience))
	a, err := w.do(logIn(username, password))
	if err != nil {
		_ = w.conn.Close()
		return outcome{err: err}
	}
	o := outcome{status: a.status, retryAfter: a.field("Retry-After"), took: time.Since(start)}
	s.put(w)
	return o
}
