package store

import (
	"context"
	"testing"
	"testing/synctest"
	"time"

	"example.com/authbook/final/internal/testdb"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	tokens "example.com/authbook/03-token-scenarios"
)

// set changes rows in a way that the store's methods do not.
func set(t testing.TB, db *sqlStore, statement string, args ...any) {
	t.Helper()
	_, err := db.write.ExecContext(t.Context(), statement, args...)
	require.NoError(t, err)
}

func TestSessions_Rotate_refusesADisabledUser(t *testing.T) {
	onSQL(t, func(t *testing.T, db *sqlStore) {
		s := logIn(t, db, addUser(t, db, "jin"))
		set(t, db, "UPDATE users SET disabled = $1", true) // and no session is revoked
		after, moved, err := db.Rotate(t.Context(), s, 0, usual())
		require.NoError(t, err)
		assert.False(t, moved, "the check must not lean on the sessions having been ended")
		assert.Zero(t, after.Session.Generation)
		assert.True(t, after.User.Disabled)
	})
}

func TestSessions_Revoke_againDoesNotPutOffTheCleaning(t *testing.T) {
	onSQL(t, func(t *testing.T, db *sqlStore) {
		u := addUser(t, db, "jin")
		s := logIn(t, db, u)
		set(t, db, "UPDATE sessions SET revoked = $1", time.Now().Add(-2*time.Hour).UnixMicro())
		require.NoError(t, db.Revoke(t.Context(), s))
		require.NoError(t, db.RevokeAll(t.Context(), u.ID, ""))
		deleted, err := db.DeleteExpired(t.Context(), time.Hour, 10)
		require.NoError(t, err)
		assert.Equal(t, 1, deleted, "a client that logs out again and again must not keep its rows alive")
	})
}

func TestSessions_Load_whenTheClientHasGone(t *testing.T) {
	onSQL(t, func(t *testing.T, db *sqlStore) {
		s := logIn(t, db, addUser(t, db, "jin"))
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		_, err := db.Load(ctx, s)
		assert.ErrorIs(t, err, context.Canceled)
		assert.NotErrorIs(t, err, tokens.ErrNoSession, "no answer is not the answer no")
	})
}

// The clock of SQLite is time.Now, so that tests can turn it.
func TestSessions_Rotate_asTimePasses(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		db := openStore(t, testdb.SQLite(t))
		s := logIn(t, db, addUser(t, db, "jin"))
		start := time.Now()
		for generation := range int64(3) { // on days 0, 13 and 26
			after, moved, err := db.Rotate(t.Context(), s, generation, usual())
			require.NoError(t, err)
			require.True(t, moved, "generation %d, after %v", generation, time.Since(start))
			assert.True(t, after.Now.Equal(time.Now()))
			time.Sleep(13 * day)
		}
		after, moved, err := db.Rotate(t.Context(), s, 3, usual())
		require.NoError(t, err)
		assert.False(t, moved, "day 39 is within the idle limit and past the absolute one")
		assert.True(t, after.Session.Expires.Equal(start.Add(30*day)))
	})
}

// On SQLite there is one writer at a time, so this can only go wrong here.
func TestSessions_Open_waitsForAPasswordChange(t *testing.T) {
	db := openStore(t, testdb.Postgres(t))
	u := addUser(t, db, "jin")
	change, err := db.write.BeginTx(t.Context(), nil)
	require.NoError(t, err)
	defer change.Rollback()
	require.NoError(t, changeUser(t.Context(), change, changePassword, u.ID, 0, "new"))

	opened := make(chan error, 1)
	go func() {
		_, _, err := db.Open(t.Context(), "s", u.ID, 0, tokens.Client{}, usual())
		opened <- err
	}()
	for waiting := false; !waiting; {
		select {
		case err := <-opened:
			require.FailNow(t, "a session opened with a password that was being changed", "error: %v", err)
		default:
		}
		require.NoError(t, db.read.QueryRowContext(t.Context(),
			`SELECT EXISTS (SELECT 1 FROM pg_stat_activity
				WHERE wait_event_type = 'Lock' AND query LIKE '%INSERT INTO sessions%FOR NO KEY UPDATE%')`).
			Scan(&waiting))
	}
	require.NoError(t, change.Commit())
	assert.ErrorIs(t, <-opened, tokens.ErrUserChanged)
}

func TestSessions_CountLive(t *testing.T) {
	onSQL(t, func(t *testing.T, db *sqlStore) {
		u := addUser(t, db, "jin")
		live := func() int64 {
			n, err := db.CountLive(t.Context())
			require.NoError(t, err)
			return n
		}
		assert.Zero(t, live())
		logIn(t, db, u)
		expired, revoked := logIn(t, db, u), logIn(t, db, u)
		assert.EqualValues(t, 3, live())
		require.NoError(t, db.Revoke(t.Context(), revoked))
		assert.EqualValues(t, 2, live(), "who logged out is gone")
		set(t, db, "UPDATE sessions SET expires = 1 WHERE id = $1", expired)
		assert.EqualValues(t, 1, live(), "a session ends by itself")
		set(t, db, "UPDATE sessions SET expires = 1 WHERE id = $1", revoked)
		assert.EqualValues(t, 1, live(), "and is not taken off twice")
	})
}

func TestSessions_Load_ofARowThatCannotBeRead(t *testing.T) {
	db := openStore(t, testdb.SQLite(t))
	id := logIn(t, db, addUser(t, db, "jin"))
	for range 2 * readers() {
		set(t, db, "UPDATE users SET disabled = 'what?'")
		_, err := db.Load(t.Context(), id)
		require.Error(t, err)
		assert.NotErrorIs(t, err, tokens.ErrNoSession, "no answer is not the answer no")
		set(t, db, "UPDATE users SET disabled = false")
		assert.Equal(t, id, load(t, db, id).Session.ID, "the next read is whole again")
	}
}

// A browser is known while the password has the version that it logged in with.
func TestSessions_RevokeAll_raisesThePasswordsVersion(t *testing.T) {
	onSQL(t, func(t *testing.T, db *sqlStore) {
		jin := addUser(t, db, "jin")
		addUser(t, db, "mina")
		require.NoError(t, db.RevokeAll(t.Context(), jin.ID, logIn(t, db, jin)))
		assert.Zero(t, byKey(t, db, "jin").PasswordVersion, "a session is left, and with it what it proves")
		require.NoError(t, db.RevokeAll(t.Context(), jin.ID, ""))
		assert.EqualValues(t, 1, byKey(t, db, "jin").PasswordVersion)
		assert.Zero(t, byKey(t, db, "mina").PasswordVersion)
		_, _, err := db.Open(t.Context(), "LATE", jin.ID, jin.PasswordVersion, tokens.Client{}, usual())
		assert.ErrorIs(t, err, tokens.ErrUserChanged, "a log-in on its way does not outlive it")
	})
}
