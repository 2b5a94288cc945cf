package web

import (
	"context"
	"runtime"
	"testing"
	"testing/synctest"

	accounts "example.com/authbook/04-signup-login"
	"example.com/authbook/final/internal/testkit"
	"github.com/stretchr/testify/assert"
)

func TestCollecting(t *testing.T) {
	rows := []struct {
		name    string
		waiting int // requests in the queue
		hashes  int
		want    uint32 // collections
	}{
		{"a log-in that is alone never waits for the collector", 0, 6, 0},
		{"in a flood each worker's share of hashes is followed by a collection", 1, 6, 3},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				ctx, cancel := context.WithCancel(t.Context())
				defer cancel()
				pool := accounts.NewPool(0, row.waiting)
				for range row.waiting {
					go func() { _, _ = pool.Acquire(ctx, "192.0.2.1") }()
				}
				synctest.Wait()
				hasher := &collecting{Hasher: testkit.Hasher(), pool: pool, every: 2}

				before := forced()
				for range row.hashes / 2 {
					hash := hasher.Hash("12341234")
					ok, err := hasher.Verify(hash, "12341234")
					assert.NoError(t, err)
					assert.True(t, ok)
				}
				assert.Equal(t, row.want, forced()-before)
			})
		})
	}
}

// forced is how often the program itself has asked for a collection.
func forced() uint32 {
	var stats runtime.MemStats
	runtime.ReadMemStats(&stats)
	return stats.NumForcedGC
}
