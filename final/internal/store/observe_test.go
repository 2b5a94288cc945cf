package store

import (
	"context"
	"sync/atomic"
	"testing"
	"time"

	tokens "example.com/authbook/03-token-scenarios"
	accounts "example.com/authbook/04-signup-login"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// watch counts the calls that the database fails.
func watch(db *sqlStore) *atomic.Int64 {
	failed := &atomic.Int64{}
	db.Watched = func(_ time.Duration, bad bool) {
		if bad {
			failed.Add(1)
		}
	}
	return failed
}

// An operator is called for what the database did wrong, and for no answer of it.
// What it does wrong is in TestDB_inTrouble.
func TestDB_Watched_hearsNoAlarmOfAnAnswer(t *testing.T) {
	eachSQL(t, func(t *testing.T, databaseURL func(testing.TB) string) {
		db := openStore(t, databaseURL(t))
		u := addUser(t, db, "jin")
		failed := watch(db)
		_, err := db.Load(t.Context(), "nobody's")
		require.ErrorIs(t, err, tokens.ErrNoSession)
		require.ErrorIs(t, db.Create(t.Context(), u), accounts.ErrUsernameTaken)
		_, err = db.ByKey(t.Context(), "a\x00b")
		require.ErrorIs(t, err, accounts.ErrNoUser)
		gone, hangUp := context.WithCancel(t.Context())
		hangUp()
		_, err = db.Load(gone, "nobody's")
		require.ErrorIs(t, err, context.Canceled)
		assert.Zero(t, failed.Load())
	})
}
