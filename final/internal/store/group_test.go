package store

import (
	"context"
	"database/sql/driver"
	"fmt"
	"testing"
	"time"

	"example.com/authbook/final/internal/testdb"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// inserts are writes that wait in db's group, each of a user with this name. The
// name "" stands for one that the table refuses.
func inserts(db *sqlStore, names ...string) (all []*write) {
	for _, name := range names {
		var key any
		if name != "" {
			key = name
		}
		w := newWrite(insertUser, []any{fmt.Sprintf("%-26s", name), name, key, name, "hash", 0, "USER", false, 0})
		db.group.join(w)
		all = append(all, w)
	}
	return all
}

func exists(t *testing.T, db *sqlStore, name string) bool {
	t.Helper()
	var n int
	const query = "SELECT count(*) FROM users WHERE username_key = $1"
	require.NoError(t, db.read.QueryRowContext(t.Context(), query, name).Scan(&n))
	return n == 1
}

// locked has another process hold the write lock, for longer than db waits.
func locked(t *testing.T, db, other *sqlStore) (mend func()) {
	db.patience = 20 * time.Millisecond
	tx, err := other.write.BeginTx(t.Context(), nil)
	require.NoError(t, err)
	return func() { db.patience = patience; require.NoError(t, tx.Rollback()) }
}

func TestGroup_run(t *testing.T) {
	rows := []struct {
		name   string
		users  []string
		absent bool // all of them
		fault  func(t *testing.T, db, other *sqlStore) (mend func())
	}{
		{name: "one write", users: []string{"jin"}},
		{name: "many writes", users: []string{"jin", "ho", "min"}},
		{name: "a write that fails takes no other with it", users: []string{"jin", "", "min"}},
		{name: "a locked database fails all and keeps none", users: []string{"jin", "ho"}, absent: true, fault: locked},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			path := testdb.SQLite(t)
			db, other := openStore(t, path), openStore(t, path)
			mend := func() {}
			if row.fault != nil {
				mend = row.fault(t, db, other)
			}
			all := inserts(db, row.users...)
			db.group.run(t.Context())
			mend()
			for i, w := range all {
				<-w.done
				fails := row.absent || row.users[i] == ""
				assert.Equal(t, fails, w.err != nil, "%q: %v", row.users[i], w.err)
				assert.Equal(t, !fails, exists(t, other, row.users[i]), row.users[i])
			}
			inserts(db, "the next")
			db.group.run(t.Context())
			assert.True(t, exists(t, other, "the next"), "the group goes on")
		})
	}
}

// Each commit writes the pages that it changed to the log, so that three users
// on the same pages take as much of it as one only if they share a commit.
func TestGroup_sharesOneCommit(t *testing.T) {
	frames := func(users ...string) (n int) {
		db := openStore(t, testdb.SQLite(t))
		set(t, db, "PRAGMA wal_checkpoint(TRUNCATE)")
		inserts(db, users...)
		db.group.run(t.Context())
		var busy, moved int
		require.NoError(t, db.write.QueryRowContext(t.Context(), "PRAGMA wal_checkpoint(PASSIVE)").Scan(&busy, &n, &moved))
		return n
	}
	one := frames("jin")
	require.Positive(t, one)
	assert.Equal(t, one, frames("jin", "ho", "min"))
}

func TestGroup_exec_doesNotRunForWhoHasGone(t *testing.T) {
	db := openStore(t, testdb.SQLite(t))
	db.group.lead <- struct{}{} // another write is in progress
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, err := db.group.exec(ctx, "DELETE FROM users")
	assert.ErrorIs(t, err, context.Canceled)
	<-db.group.lead
	assert.Empty(t, db.group.take())
}

// The leader's own client may hang up: those who wait for it must not fail.
func TestGroup_run_goesOnWithoutItsLeadersClient(t *testing.T) {
	db := openStore(t, testdb.SQLite(t))
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	all := inserts(db, "jin", "ho")
	db.group.run(ctx)
	for _, w := range all {
		assert.NoError(t, w.err)
	}
	assert.True(t, exists(t, db, "ho"))
}

// panics is an argument at which the driver's caller panics.
type panics struct{}

func (panics) Value() (driver.Value, error) { panic("no value") }

func TestGroup_exec_survivesAPanic(t *testing.T) {
	db := openStore(t, testdb.SQLite(t))
	others := inserts(db, "jin")
	assert.Panics(t, func() { _, _ = db.group.exec(t.Context(), "UPDATE users SET nickname = $1", panics{}) })
	<-others[0].done
	assert.Error(t, others[0].err, "nobody is told that what was rolled back has happened")
	assert.False(t, exists(t, db, "jin"))

	_, err := db.group.exec(t.Context(), "DELETE FROM users")
	assert.NoError(t, err, "and the group goes on")
}
