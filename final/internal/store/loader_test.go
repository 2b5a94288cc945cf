package store

import (
	"database/sql/driver"
	"testing"
	"time"

	tokens "example.com/authbook/03-token-scenarios"
	"example.com/authbook/final/internal/testdb"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestLoader_recovers(t *testing.T) {
	db := openStore(t, testdb.SQLite(t))
	id := logIn(t, db, addUser(t, db, "jin"))
	for range 2 * cap(db.loader.places) {
		set(t, db, "UPDATE users SET disabled = 'what?'")
		_, err := db.Load(t.Context(), id)
		require.Error(t, err)
		assert.NotErrorIs(t, err, tokens.ErrNoSession, "no answer is not the answer no")
		set(t, db, "UPDATE users SET disabled = false")
		assert.Equal(t, id, load(t, db, id).Session.ID, "a connection that failed is replaced")
	}
}

func TestLoader_agreesWithTheQueryOfPostgreSQL(t *testing.T) {
	db := openStore(t, testdb.SQLite(t))
	user := addUser(t, db, "jin")
	id := logIn(t, db, user)
	_, _, err := db.Rotate(t.Context(), id, 0, usual())
	require.NoError(t, err)
	for _, change := range []string{
		"UPDATE users SET roles = 'ADMIN USER'",
		"UPDATE users SET disabled = true",
		"UPDATE users SET password_version = 7, nickname = 'Né'",
		"UPDATE sessions SET revoked = 1",
	} {
		set(t, db, change)
		want, err := db.snapshot(t.Context(), db.read, loadSession, db.dialect.now(), id)
		require.NoError(t, err)
		got := load(t, db, id)
		assert.WithinDuration(t, want.Now, got.Now, time.Minute)
		got.Now = want.Now
		assert.Equal(t, want, got, change)
	}
}

// A row that can't be read must not be taken for one that says no.
func TestSnapshotOf_refusesAnotherType(t *testing.T) {
	whole := [11]driver.Value{"u", int64(1), int64(2), int64(3), int64(4), int64(0), "jin", "Jin", "USER", int64(1), int64(5)}
	_, err := snapshotOf("s", &whole, time.Now())
	require.NoError(t, err)
	for i := range whole {
		for _, wrong := range []driver.Value{nil, 1.5, []byte("1")} {
			row := whole
			row[i] = wrong
			got, err := snapshotOf("s", &row, time.Now())
			assert.Error(t, err, "column %d is %v", i, wrong)
			assert.Zero(t, got)
		}
	}
}
