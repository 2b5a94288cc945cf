package store

import (
	"context"
	"crypto/rand"
	"database/sql"
	"errors"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	tokens "example.com/authbook/03-token-scenarios"
	accounts "example.com/authbook/04-signup-login"
	_ "github.com/jackc/pgx/v5/stdlib"
	"github.com/stretchr/testify/require"
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
	eachSQL(t, func(t *testing.T, databaseURL func(*testing.T) string) {
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
func eachSQL(t *testing.T, check func(t *testing.T, databaseURL func(*testing.T) string)) {
	t.Run("SQLite", func(t *testing.T) { check(t, sqliteURL) })
	t.Run("PostgreSQL", func(t *testing.T) {
		needsPostgres(t)
		check(t, postgresURL)
	})
}

func needsPostgres(t *testing.T) {
	t.Helper()
	if os.Getenv("AUTHBOOK_TEST_POSTGRES") == "" {
		t.Skip("set AUTHBOOK_TEST_POSTGRES=postgres://user@host/database to run this on PostgreSQL too")
	}
}

func sqliteURL(t *testing.T) string { return filepath.Join(t.TempDir(), "authbook.db") }

// postgresURL returns a URL whose tables live in a schema of their own.
func postgresURL(t *testing.T) string {
	needsPostgres(t)
	base := os.Getenv("AUTHBOOK_TEST_POSTGRES")
	schema := "authbook_test_" + strings.ToLower(rand.Text())
	execPostgres(t, base, "CREATE SCHEMA "+schema)
	t.Cleanup(func() { execPostgres(t, base, "DROP SCHEMA "+schema+" CASCADE") })
	u, err := url.Parse(base)
	require.NoError(t, err)
	query := u.Query()
	query.Set("search_path", schema)
	u.RawQuery = query.Encode()
	return u.String()
}

func execPostgres(t *testing.T, databaseURL, statement string) {
	t.Helper()
	db, err := sql.Open("pgx", databaseURL)
	require.NoError(t, err)
	defer db.Close()
	_, err = db.Exec(statement)
	require.NoError(t, err)
}

func openStore(t testing.TB, databaseURL string) *Store {
	t.Helper()
	db, err := Open(t.Context(), databaseURL)
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, db.Close()) })
	return db
}

// memory joins the two chapters' stores into one.
type memory struct {
	*tokens.MemoryStore
	accounts *accounts.MemoryStore
	accounts.Store
	accounts.ThrottleStore
}

func newMemory() memory {
	var m memory
	m.accounts = accounts.NewMemoryStore(func(userID, except string) {
		_ = m.RevokeAll(context.Background(), userID, except) // memory never fails
	})
	m.Store, m.ThrottleStore = m.accounts, m.accounts
	m.MemoryStore = tokens.NewMemoryStore(func(ctx context.Context, id string) (tokens.User, error) {
		u, err := m.accounts.ByID(ctx, id)
		if errors.Is(err, accounts.ErrNoUser) {
			return tokens.User{}, tokens.ErrNoUser
		}
		return tokens.User{ID: u.ID, Username: u.Username, Nickname: u.Nickname, Roles: u.Roles,
			Disabled: u.Disabled, PasswordVersion: u.PasswordVersion}, err
	})
	return m
}

func (m memory) SetDisabled(ctx context.Context, usernameKey string, disabled bool) error {
	return m.accounts.SetDisabled(ctx, usernameKey, disabled)
}
