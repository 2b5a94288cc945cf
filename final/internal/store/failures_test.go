package store

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestFailures_AddFailure_opensANewWindow(t *testing.T) {
	onSQL(t, func(t *testing.T, db *sqlStore) {
		require.NoError(t, db.AddFailure(t.Context(), "key", time.Hour))
		twoHoursAgo := time.Now().Add(-2 * time.Hour).UnixMicro()
		set(t, db, "UPDATE failures SET opened = $1, last = $1, count = 100", twoHoursAgo)

		old := failuresIn(t, db, "key")
		assert.Equal(t, 100, old.Count)
		assert.InDelta(t, 2*time.Hour, old.SinceLast, float64(time.Minute))
		assert.InDelta(t, 2*time.Hour, old.SinceOpen, float64(time.Minute))

		require.NoError(t, db.AddFailure(t.Context(), "key", time.Hour))
		renewed := failuresIn(t, db, "key")
		assert.Equal(t, 1, renewed.Count)
		assert.Less(t, renewed.SinceLast, time.Minute)
		assert.Less(t, renewed.SinceOpen, time.Minute, "else every failure from now on would open a window of its own")
	})
}
