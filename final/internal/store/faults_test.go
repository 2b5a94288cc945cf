package store

import (
	"context"
	"database/sql"
	"errors"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	tokens "example.com/authbook/03-token-scenarios"
	accounts "example.com/authbook/04-signup-login"
	"example.com/authbook/final/internal/testdb"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// fault is what can happen to a database while the server runs.
type fault struct {
	name string
	// only is the database that knows the fault; "" is both.
	only string
	// happen brings it about and returns what ends it.
	happen func(t *testing.T, db, other *sqlStore) (mend func())
}

func faults() []fault {
	return []fault{
		{"another process holds the write lock", "SQLite", func(t *testing.T, db, other *sqlStore) func() {
			tx, err := other.write.BeginTx(t.Context(), nil)
			require.NoError(t, err)
			return func() { assert.NoError(t, tx.Rollback()) }
		}},
		{"another transaction has locked the tables", "PostgreSQL", func(t *testing.T, db, other *sqlStore) func() {
			tx, err := other.write.BeginTx(t.Context(), nil)
			require.NoError(t, err)
			_, err = tx.ExecContext(t.Context(), "LOCK TABLE users, sessions, failures, schema_info")
			require.NoError(t, err)
			return func() { assert.NoError(t, tx.Rollback()) }
		}},
		{"the database turns read-only", "", func(t *testing.T, db, other *sqlStore) func() {
			db.write.SetMaxOpenConns(1) // so that one SET reaches all of them
			on, off := "PRAGMA query_only = on", "PRAGMA query_only = off"
			if db.Path() == "" {
				on, off = "SET default_transaction_read_only = on", "SET default_transaction_read_only = off"
			}
			set(t, db, on)
			return func() { set(t, db, off) }
		}},
		{"every connection is in use", "", func(t *testing.T, db, other *sqlStore) func() {
			var held []*sql.Conn
			for range db.write.Stats().MaxOpenConnections {
				conn, err := db.write.Conn(t.Context())
				require.NoError(t, err)
				held = append(held, conn)
			}
			return func() {
				for _, conn := range held {
					assert.NoError(t, conn.Close())
				}
			}
		}},
	}
}

// A database in trouble makes every write fail in bounded time, with an error
// that is no answer, and leaves nothing half done.
func TestDB_inTrouble(t *testing.T) {
	eachSQL(t, func(t *testing.T, databaseURL func(testing.TB) string) {
		u := databaseURL(t)
		for _, f := range faults() {
			db, other := openStore(t, u), openStore(t, u)
			if f.only != "" && f.only != db.dialect.name {
				continue
			}
			t.Run(f.name, func(t *testing.T) { checkFault(t, db, other, f) })
		}
	})
}

func checkFault(t *testing.T, db, other *sqlStore, f fault) {
	name := f.name
	u := addUser(t, db, "jin "+name)
	s, ended := logIn(t, db, u), logIn(t, db, u)
	require.NoError(t, db.Ping(t.Context()))
	failed := watch(db)
	fresh := accounts.User{ID: "id " + name, UsernameKey: "new " + name, Roles: []string{accounts.RoleUser}}

	mend := f.happen(t, db, other)
	db.patience = 20 * time.Millisecond
	db.writable = writeCheck{} // its answer holds for a second
	for _, row := range []struct {
		name  string
		write func() error
	}{
		{"sign-up", func() error { return db.Create(t.Context(), fresh) }},
		{"log-in", func() error {
			_, _, err := db.Open(t.Context(), "s "+name, u.ID, 0, tokens.Client{}, usual())
			return err
		}},
		{"refresh", func() error { _, _, err := db.Rotate(t.Context(), s, 0, usual()); return err }},
		{"log-out", func() error { return db.Revoke(t.Context(), ended) }},
		{"change of a password", func() error { return db.ChangePassword(t.Context(), u.ID, 0, "new", accounts.Kept{}) }},
		{"failure", func() error { return db.AddFailure(t.Context(), name, time.Hour) }},
		{"ping", func() error { return db.Ping(t.Context()) }},
	} {
		begun, before := time.Now(), failed.Load()
		err := row.write()
		require.Error(t, err, row.name)
		if row.name != "ping" { // whose write goes on behind it
			assert.Greater(t, failed.Load(), before, "%s: who watches is told", row.name)
		}
		for _, answer := range []error{accounts.ErrNoUser, accounts.ErrUsernameTaken, accounts.ErrPasswordChanged,
			tokens.ErrNoSession, tokens.ErrUserChanged} {
			assert.NotErrorIs(t, err, answer, "%s: no answer is not the answer no", row.name)
		}
		assert.Less(t, time.Since(begun), 4*time.Second, "%s waited for longer than its patience", row.name)
	}
	mend()
	if try := db.writable.last; try != nil { // where the ping came to its write, that goes on behind it
		<-try.done
	}
	db.patience = patience
	db.writable = writeCheck{}

	assert.NoError(t, db.Ping(t.Context()), "ready again without a restart")
	assert.NoError(t, db.Create(t.Context(), fresh), "nothing of the failed sign-up is left")
	after, moved, err := db.Rotate(t.Context(), s, 0, usual())
	require.NoError(t, err)
	assert.True(t, moved, "the failed refresh has not moved the session")
	assert.EqualValues(t, 1, after.Session.Generation)
	assert.False(t, load(t, db, ended).Session.Revoked)
	assert.Equal(t, u, byKey(t, db, u.UsernameKey))
	_, err = db.Load(t.Context(), "s "+name)
	assert.ErrorIs(t, err, tokens.ErrNoSession)
	assert.Zero(t, failuresIn(t, db, name))
}

// The connections of a PostgreSQL that was restarted are dead. Who uses one
// next must not be the one who pays.
func TestDB_afterItsConnectionsWereEnded(t *testing.T) {
	u := testdb.Postgres(t) + "&application_name=ended"
	db := openStore(t, u)
	session := logIn(t, db, addUser(t, db, "jin"))
	const end = `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'ended'`
	other := openStore(t, testdb.Postgres(t))
	for generation := range int64(5) {
		set(t, other, end)
		_, moved, err := db.Rotate(t.Context(), session, generation, usual())
		require.NoError(t, err)
		assert.True(t, moved)
		set(t, other, end)
		byKey(t, db, "jin")
	}
}

// After a failover a server may hold connections to a machine that only reads
// now, while new ones would lead to the machine that writes.
func TestPing_leavesAMachineThatOnlyReads(t *testing.T) {
	db := openStore(t, testdb.Postgres(t))
	var held []*sql.Conn
	for range 3 {
		conn, err := db.write.Conn(t.Context())
		require.NoError(t, err)
		_, err = conn.ExecContext(t.Context(), "SET default_transaction_read_only = on")
		require.NoError(t, err)
		held = append(held, conn)
	}
	for _, conn := range held {
		require.NoError(t, conn.Close()) // back into the pool
	}
	require.Error(t, db.Create(t.Context(), accounts.User{ID: "1", UsernameKey: "1", Roles: []string{accounts.RoleUser}}))
	require.Error(t, db.Ping(t.Context()))
	addUser(t, db, "jin")
	db.writable = writeCheck{}
	assert.NoError(t, db.Ping(t.Context()))
}

func TestWriteCheck(t *testing.T) {
	// In a bubble, so that the second passes at once.
	synctest.Test(t, func(t *testing.T) {
		var c writeCheck
		broken := errors.New("broken")
		tries, answer, hold := 0, error(nil), make(chan struct{})
		try := func() error { tries++; <-hold; return answer }
		var errs []error
		asked := make(chan struct{})
		go func() {
			defer close(asked)
			errs = atOnce(slices.Repeat([]func() error{func() error { return c.ask(t.Context(), try) }}, 10)...)
		}()
		impatient, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		assert.ErrorIs(t, c.ask(impatient, try), context.DeadlineExceeded, "a try that hangs is no yes")
		close(hold)
		<-asked
		assert.Equal(t, make([]error, 10), errs)
		assert.Equal(t, 1, tries, "a crowd that asks costs one write")

		answer = broken
		assert.NoError(t, c.ask(t.Context(), try), "the answer holds")
		time.Sleep(checkHolds)
		assert.ErrorIs(t, c.ask(t.Context(), try), broken, "and not for long")
		answer = nil
		time.Sleep(checkHolds)
		assert.NoError(t, c.ask(t.Context(), try))
	})
}
