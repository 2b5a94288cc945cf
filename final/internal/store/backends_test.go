package store

import (
	"context"
	"testing"

	tokens "example.com/authbook/03-token-scenarios"
	accounts "example.com/authbook/04-signup-login"
	"example.com/authbook/final/internal/plugs"
	"example.com/authbook/final/internal/testdb"
)

// anyStore is what every store does, in memory or in SQL.
type anyStore interface {
	tokens.Store
	accounts.Store
	accounts.ThrottleStore
	SetDisabled(ctx context.Context, usernameKey string, disabled bool) error
}

// behaviour is one thing that every store does.
type behaviour struct {
	name string
	// check gets two handles on one empty store, as two servers have.
	check func(t *testing.T, db, other anyStore)
}

// runOn runs the behaviours on every store there is, each on an empty one.
func runOn(t *testing.T, behaviours []behaviour) {
	t.Run("memory", func(t *testing.T) {
		for _, b := range behaviours {
			t.Run(b.name, func(t *testing.T) {
				db := newMemory()
				b.check(t, db, db)
			})
		}
	})
	eachSQL(t, func(t *testing.T, databaseURL func(testing.TB) string) {
		for _, b := range behaviours {
			t.Run(b.name, func(t *testing.T) {
				u := databaseURL(t)
				b.check(t, openStore(t, u), openStore(t, u))
			})
		}
	})
}

// eachSQL calls check for each SQL database, with a function that returns the
// URL of an empty one.
func eachSQL(t *testing.T, check func(t *testing.T, databaseURL func(testing.TB) string)) {
	t.Run("SQLite", func(t *testing.T) { check(t, testdb.SQLite) })
	t.Run("PostgreSQL", func(t *testing.T) {
		testdb.Postgres(t) // skips where there is none, once for all
		check(t, testdb.Postgres)
	})
}

// sqlStore is all that a database holds in one, as memory is.
type sqlStore struct {
	*DB
	*users
	*sessions
	*failures
}

// The names of the fields must not be those of methods.
type (
	users    = Users
	sessions = Sessions
	failures = Failures
)

func whole(db *DB) *sqlStore { return &sqlStore{db, NewUsers(db), NewSessions(db), NewFailures(db)} }

func openStore(t testing.TB, databaseURL string) *sqlStore {
	t.Helper()
	return openSchema(t, databaseURL, schema())
}

// memory joins the two chapters' stores into one.
type memory struct {
	*tokens.MemoryStore
	accounts *accounts.MemoryStore
	accounts.Store
	accounts.ThrottleStore
}

func newMemory() memory {
	sessions, users := plugs.NewMemory(nil)
	return memory{sessions, users, users, users}
}

func (m memory) SetDisabled(ctx context.Context, usernameKey string, disabled bool) error {
	return m.accounts.SetDisabled(ctx, usernameKey, disabled)
}
