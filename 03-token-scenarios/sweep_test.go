package tokens

import (
	"bytes"
	"context"
	"log/slog"
	"strconv"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestSweep(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		m, _ := newTestStore()
		for i := range 2*sweepStep + 1 {
			mustOpen(t, m, strconv.Itoa(i), "jinho")
		}
		store := &brokenOnce{MemoryStore: m}
		var log bytes.Buffer
		ctx, stop := context.WithCancel(t.Context())
		done := make(chan struct{})
		go func() {
			defer close(done)
			Sweep(ctx, store, time.Hour, slog.New(slog.NewTextHandler(&log, nil)))
		}()
		synctest.Wait()
		assert.Contains(t, log.String(), errDown.Error(), "a store that is down must show in the log")
		<-time.After(2*time.Hour + time.Minute) // the sessions end at 2:00, but their access tokens at 2:15
		assert.Equal(t, 2*sweepStep+1, size(m))
		<-time.After(time.Hour)
		assert.Zero(t, size(m), "one round must delete all there is, step by step")
		stop()
		<-done
		assert.Equal(t, sweepStep, store.largest, "no step may be larger, or requests wait behind it")
	})
}

func size(m *MemoryStore) int {
	m.mu.Lock()
	defer m.mu.Unlock()
	return len(m.sessions)
}

// brokenOnce can't answer the first time.
type brokenOnce struct {
	*MemoryStore
	asked   bool
	largest int
}

func (b *brokenOnce) DeleteExpired(ctx context.Context, keep time.Duration, limit int) (int, error) {
	if !b.asked {
		b.asked = true
		return 0, errDown
	}
	n, err := b.MemoryStore.DeleteExpired(ctx, keep, limit)
	b.largest = max(b.largest, n)
	return n, err
}

func TestSweep_stopsAtOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		m, _ := newTestStore()
		ctx, stop := context.WithCancel(t.Context())
		stop()
		start := time.Now()
		Sweep(ctx, m, time.Hour, slog.New(slog.DiscardHandler))
		require.Zero(t, time.Since(start), "a server that stops must not wait for the next round")
	})
}
