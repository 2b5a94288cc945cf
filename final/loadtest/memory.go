package main

import (
	"context"
	"fmt"
	"os"
	"runtime"
	"sync"
	"time"
)

// crowd is how many log-ins arrive at the same moment.
const crowd = 10_000

const megabyte = 1 << 20

// footprint measures how fast the server starts, how large its program is and
// how much memory it takes.
func (l *lab) footprint(ctx context.Context) ([]row, error) {
	rows, err := l.starts(ctx)
	if err != nil {
		return nil, err
	}
	memory, err := l.memory(ctx)
	if err != nil {
		return nil, err
	}
	info, err := os.Stat(l.program)
	if err != nil {
		return nil, err
	}
	return append(append(rows, memory...), row{
		what:     "binary, stripped",
		goal:     "≤ 40 MB",
		measured: fmt.Sprintf("%.1f MB", float64(info.Size())/megabyte),
		met:      info.Size() <= 40*megabyte,
	}), nil
}

// starts measures the time from the start of the process to its first answer,
// on a new database and on one that is there.
func (l *lab) starts(ctx context.Context) ([]row, error) {
	var first, again []float64
	for range 7 {
		databaseURL := l.newFile()
		for _, times := range []*[]float64{&first, &again} {
			took, err := l.firstAnswer(ctx, databaseURL)
			if err != nil {
				return nil, err
			}
			*times = append(*times, float64(took.Microseconds())/1000)
		}
	}
	return []row{{
		what:     "start to first answer",
		goal:     "≤ 60 ms",
		measured: fmt.Sprintf("%.0f ms (with a new database %.0f ms)", median(again), median(first)),
		met:      median(again) <= 60,
	}}, nil
}

func (l *lab) firstAnswer(ctx context.Context, databaseURL string) (time.Duration, error) {
	begin := time.Now()
	server, err := l.serve(ctx, databaseURL)
	if err != nil {
		return 0, err
	}
	defer server.stop()
	w, err := dial(server.addr)
	if err != nil {
		return 0, err
	}
	defer w.conn.Close()
	if a, err := w.do(get("/healthz", "")); err != nil || a.status != 200 {
		return 0, fmt.Errorf("GET /healthz: %d %w", a.status, err)
	}
	return time.Since(begin), nil
}

// memory measures the resident memory of one server as it goes on: before the
// first hash, after a flood of log-ins, and while a crowd logs in at once.
func (l *lab) memory(ctx context.Context) ([]row, error) {
	server, err := l.serve(ctx, l.newFile())
	if err != nil {
		return nil, err
	}
	defer server.stop()
	if err := readAnswers(server, 1000); err != nil {
		return nil, err
	}
	fresh, _, err := server.memory()
	if err != nil {
		return []row{{what: "memory", goal: "≤ 30 MB", measured: err.Error(), skipped: true}}, nil
	}
	if err := addUsers(server.addr, clients); err != nil {
		return nil, err
	}
	if _, err := l.flood(server.addr, clients, l.span(3*time.Second)); err != nil {
		return nil, err
	}
	_, flooded, _ := server.memory()
	byCode := rush(server.addr)
	_, peak, _ := server.memory()
	limit := int64(40 + 40*runtime.NumCPU())
	return []row{
		memoryRow("memory (RSS) before the first hash", "≤ 30 MB", fresh, 30, ""),
		memoryRow(fmt.Sprintf("its peak while %d clients log in", clients),
			fmt.Sprintf("≤ 40 MB + 40 MB × hash workers = %d MB", limit), flooded, limit, ""),
		memoryRow(fmt.Sprintf("its peak under %d parallel log-ins", crowd), fmt.Sprintf("≤ %d MB", limit), peak, limit,
			fmt.Sprintf(" (%d done, %d told 503, %d without an answer)", byCode[200], byCode[503], crowd-byCode[200]-byCode[503])),
	}, nil
}

// memoryRow compares bytes with a limit in megabytes.
func memoryRow(what, goal string, bytes, limit int64, remark string) row {
	return row{
		what: what, goal: goal,
		measured: fmt.Sprintf("%.1f MB%s", float64(bytes)/megabyte, remark),
		met:      bytes <= limit*megabyte,
	}
}

func readAnswers(server *process, n int) error {
	w, err := dial(server.addr)
	if err != nil {
		return err
	}
	defer w.conn.Close()
	for range n {
		if _, err := w.do(get("/healthz", "")); err != nil {
			return err
		}
	}
	return nil
}

// rush opens a connection for each of the crowd, sends all log-ins at once, and
// keeps the connections open until everybody has an answer.
func rush(addr string) map[int]int {
	byCode := map[int]int{}
	var mu sync.Mutex
	count := func(code int) {
		mu.Lock()
		byCode[code]++
		mu.Unlock()
	}
	answered := make(chan struct{})
	var asked, gone sync.WaitGroup
	begin := make(chan struct{})
	for i := range crowd {
		asked.Add(1)
		gone.Go(func() {
			<-begin
			w, code := rushOne(addr, i)
			count(code)
			asked.Done()
			<-answered
			if w != nil {
				_ = w.conn.Close()
			}
		})
	}
	close(begin)
	asked.Wait()
	close(answered)
	gone.Wait()
	return byCode
}

// rushOne returns its connection, and the status of one log-in; 0 if there was
// no answer.
func rushOne(addr string, n int) (*wire, int) {
	w, err := dial(addr)
	if err != nil {
		return nil, 0
	}
	if err := w.conn.SetDeadline(time.Now().Add(patience)); err != nil {
		return w, 0
	}
	a, err := w.do(logIn(user(n%clients), password))
	if err != nil {
		return w, 0
	}
	return w, a.status
}
