package main

import (
	"context"
	"fmt"
	"os"
	"time"
)

const megabyte = 1 << 20

// footprint measures how fast the server starts, how large its program is and
// how much memory it takes.
func (b *testbed) footprint(ctx context.Context) ([]row, error) {
	started, err := b.starts(ctx)
	if err != nil {
		return nil, err
	}
	used, err := b.memory(ctx)
	if err != nil {
		return nil, err
	}
	info, err := os.Stat(b.program)
	if err != nil {
		return nil, err
	}
	return append(append(started.rows(), used.rows()...), binaryRow(info.Size())), nil
}

// binaryRow judges the size of the program, in bytes.
func binaryRow(size int64) row {
	return row{
		what:     "binary, stripped",
		goal:     "≤ 40 MB",
		measured: fmt.Sprintf("%.1f MB", float64(size)/megabyte),
		met:      size <= 40*megabyte,
	}
}

// starts is how many milliseconds passed from the start of the process to its
// first answer.
type starts struct {
	first []float64 // on a new database
	again []float64 // on one that is there
}

func (b *testbed) starts(ctx context.Context) (starts, error) {
	var s starts
	for range 7 {
		databaseURL := b.newFile()
		for _, times := range []*[]float64{&s.first, &s.again} {
			took, err := b.firstAnswer(ctx, databaseURL)
			if err != nil {
				return s, err
			}
			*times = append(*times, float64(took.Microseconds())/1000)
		}
	}
	return s, nil
}

func (b *testbed) firstAnswer(ctx context.Context, databaseURL string) (time.Duration, error) {
	begin := time.Now()
	server, err := b.serve(ctx, databaseURL)
	if err != nil {
		return 0, err
	}
	defer server.stop()
	if err := askHealth(server.addr, 1); err != nil {
		return 0, err
	}
	return time.Since(begin), nil
}

func (s starts) rows() []row {
	again := median(s.again)
	return []row{{
		what:     "start to first answer",
		goal:     "≤ 60 ms",
		measured: fmt.Sprintf("%.0f ms (with a new database %.0f ms)", again, median(s.first)),
		met:      again <= 60,
	}}
}

// askHealth sends n requests that hash nothing, and wants 200 for each.
func askHealth(addr string, n int) error {
	w, err := dial(addr)
	if err != nil {
		return err
	}
	defer w.conn.Close()
	for range n {
		a, err := w.exchange(get("/healthz", ""))
		if err != nil {
			return err
		}
		if a.status != 200 {
			return fmt.Errorf("GET /healthz answered %d", a.status)
		}
	}
	return nil
}
