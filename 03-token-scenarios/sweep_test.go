package tokens

import (
	"context"
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
			id := strconv.Itoa(i) // each of another user: one alone may not have as many
			m.put(Listed{Session: Session{ID: id, UserID: id, Expires: time.Now().Add(2 * time.Hour)}})
		}
		store := &counting{MemoryStore: m}
		<-time.After(2*time.Hour + time.Minute) // the sessions end at 2:00, but their access tokens at 2:15
		require.NoError(t, Sweep(t.Context(), store))
		assert.Equal(t, 2*sweepStep+1, size(m))
		<-time.After(time.Hour)
		require.NoError(t, Sweep(t.Context(), store))
		assert.Zero(t, size(m), "one round must delete all there is, step by step")
		assert.Equal(t, 500, store.largest, "no step may be larger, or requests wait behind it")
		store.down = true
		require.ErrorIs(t, Sweep(t.Context(), store), errDown)
	})
}

func size(m *MemoryStore) int {
	m.mu.Lock()
	defer m.mu.Unlock()
	return len(m.sessions)
}

// counting notes the largest step.
type counting struct {
	*MemoryStore
	down    bool
	largest int
}

func (c *counting) DeleteExpired(ctx context.Context, keep time.Duration, limit int) (int, error) {
	if c.down {
		return 0, errDown
	}
	n, err := c.MemoryStore.DeleteExpired(ctx, keep, limit)
	c.largest = max(c.largest, n)
	return n, err
}
