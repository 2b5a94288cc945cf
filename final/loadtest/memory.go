package main

import (
	"context"
	"fmt"
	"runtime"
	"sync"
	"time"
)

// parallel is how many log-ins arrive at the same moment.
const parallel = 10_000

// memory is the resident memory of one server as it goes on, in bytes.
type memory struct {
	fresh   int64       // before the first hash
	flooded int64       // at most, by the end of a flood of log-ins
	peak    int64       // at most, by the end of all log-ins at once
	byCode  map[int]int // what those were answered; 0: without an answer
	missing error       // why nothing was measured, or nil
}

func (b *testbed) memory(ctx context.Context) (m memory, err error) {
	server, err := b.serve(ctx, b.newFile())
	if err != nil {
		return m, err
	}
	defer server.stop()
	if err := askHealth(server.addr, 1000); err != nil {
		return m, err
	}
	if m.fresh, _, m.missing = server.memory(); m.missing != nil {
		return m, nil
	}
	if err := addUsers(server.addr, clients); err != nil {
		return m, err
	}
	if _, err := flood(server.addr, clients, b.span(3*time.Second)); err != nil {
		return m, err
	}
	_, m.flooded, _ = server.memory()
	m.byCode = logInTogether(server.addr, parallel)
	_, m.peak, _ = server.memory()
	return m, nil
}

func (m memory) rows() []row {
	if m.missing != nil {
		return []row{{what: "memory", goal: "≤ 30 MB", measured: m.missing.Error(), skipped: true}}
	}
	limit := int64(40 + 40*runtime.NumCPU())
	done, refused := m.byCode[200], m.byCode[503]
	return []row{
		memoryRow("memory (RSS) before the first hash", "≤ 30 MB", m.fresh, 30, ""),
		memoryRow(fmt.Sprintf("its peak while %d clients log in", clients),
			fmt.Sprintf("≤ 40 MB + 40 MB × hash workers = %d MB", limit), m.flooded, limit, ""),
		memoryRow(fmt.Sprintf("its peak under %d parallel log-ins", parallel), fmt.Sprintf("≤ %d MB", limit), m.peak, limit,
			fmt.Sprintf(" (%d done, %d told 503, %d without an answer)", done, refused, parallel-done-refused)),
	}
}

// memoryRow compares bytes with a limit in megabytes.
func memoryRow(what, goal string, bytes, limit int64, remark string) row {
	return row{
		what: what, goal: goal,
		measured: fmt.Sprintf("%.1f MB%s", float64(bytes)/megabyte, remark),
		met:      bytes <= limit*megabyte,
	}
}

// logInTogether opens n connections, sends all log-ins at once, and keeps the
// connections open until everybody has an answer. It counts the answers by
// status; 0 is no answer.
func logInTogether(addr string, n int) map[int]int {
	wires, codes := make([]*wire, n), make([]int, n)
	begin := make(chan struct{})
	var logIns sync.WaitGroup
	for i := range n {
		logIns.Go(func() {
			<-begin
			wires[i], codes[i] = logInOnce(addr, i)
		})
	}
	close(begin)
	logIns.Wait()
	closeAll(wires)
	byCode := map[int]int{}
	for _, code := range codes {
		byCode[code]++
	}
	return byCode
}

// logInOnce returns its connection, nil if there is none, and the status of the
// answer, 0 if there was none.
func logInOnce(addr string, n int) (*wire, int) {
	w, err := dial(addr)
	if err != nil {
		return nil, 0
	}
	if err := w.conn.SetDeadline(time.Now().Add(patience)); err != nil {
		return w, 0
	}
	a, err := w.exchange(logIn(user(n%clients), password))
	if err != nil {
		return w, 0
	}
	return w, a.status
}
