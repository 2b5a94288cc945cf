package accounts

import (
	"fmt"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestSweepFailures(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		store := NewMemoryStore(nil)
		add := func(from, to int) {
			for i := from; i < to; i++ {
				require.NoError(t, store.AddFailure(t.Context(), fmt.Sprint(i), time.Hour))
			}
		}
		add(0, 2500) // more than two steps
		time.Sleep(failureAge)
		add(2500, 2510)
		time.Sleep(time.Second)
		require.NoError(t, SweepFailures(t.Context(), store))
		assert.Len(t, store.failures, 10, "old rows go, all of them, and new ones stay")
	})
}
