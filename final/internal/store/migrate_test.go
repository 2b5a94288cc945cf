package store

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	tokens "example.com/authbook/03-token-scenarios"
	accounts "example.com/authbook/04-signup-login"
	"example.com/authbook/final/internal/testdb"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// next returns the schema of a release after this one: one that this release
// can work beside, or not.
func next(minBinary int, sql string) []migration {
	steps := schema()
	version := steps[len(steps)-1].version + 1
	return append(steps, migration{version: version, minBinary: minBinary, sql: sql})
}

const newColumn = `ALTER TABLE users ADD COLUMN note TEXT NOT NULL DEFAULT ''; CREATE TABLE notes (id TEXT);`

func openSchema(t testing.TB, databaseURL string, steps []migration) *sqlStore {
	t.Helper()
	db, err := open(t.Context(), databaseURL, steps)
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, db.Close()) })
	return whole(db)
}

func version(t *testing.T, db *sqlStore) (version int) {
	t.Helper()
	require.NoError(t, db.read.QueryRowContext(t.Context(), "SELECT version FROM schema_info").Scan(&version))
	return version
}

func TestMigrate(t *testing.T) {
	newest := schema()[len(schema())-1].version
	works := func(t *testing.T, db *sqlStore, name string) {
		t.Helper()
		u := accounts.User{ID: name, UsernameKey: name, Roles: []string{accounts.RoleUser}}
		require.NoError(t, db.Create(t.Context(), u))
		limits := tokens.Limits{Idle: time.Hour, Absolute: time.Hour}
		_, _, err := db.Open(t.Context(), "session of "+name, name, 0, tokens.Client{}, limits)
		require.NoError(t, err)
		loaded, err := db.Load(t.Context(), "session of "+name)
		require.NoError(t, err)
		assert.Equal(t, name, loaded.User.ID)
	}
	rows := []struct {
		name  string
		check func(t *testing.T, databaseURL string)
	}{
		{"a new database gets the newest schema, once", func(t *testing.T, databaseURL string) {
			works(t, openSchema(t, databaseURL, schema()), "first")
			db := openSchema(t, databaseURL, schema())
			assert.Equal(t, newest, version(t, db))
			works(t, db, "second")
		}},
		{"the release before works on, and can start again, after the next migrated", func(t *testing.T, databaseURL string) {
			old := openSchema(t, databaseURL, schema())
			works(t, old, "before")
			renewed := openSchema(t, databaseURL, next(1, newColumn))
			assert.Equal(t, newest+1, version(t, renewed))
			works(t, old, "beside")
			works(t, renewed, "renewed")
			rolledBack := openSchema(t, databaseURL, schema())
			works(t, rolledBack, "rolled back")
			assert.Equal(t, newest+1, version(t, rolledBack), "the schema does not go back")
			users, err := rolledBack.All(t.Context())
			require.NoError(t, err)
			assert.Len(t, users, 4, "a migration loses nobody")
		}},
		{"a release below the least one refuses and changes nothing", func(t *testing.T, databaseURL string) {
			db := openSchema(t, databaseURL, next(newest+1, newColumn))
			works(t, db, "before")
			_, err := open(t.Context(), databaseURL, schema())
			require.Error(t, err)
			assert.Contains(t, err.Error(), "newer release", "the operator must learn what to deploy")
			assert.NotContains(t, err.Error(), "\n")
			assert.Equal(t, newest+1, version(t, db))
			works(t, db, "after")
		}},
		{"a step that fails leaves nothing behind", func(t *testing.T, databaseURL string) {
			db := openSchema(t, databaseURL, schema())
			_, err := open(t.Context(), databaseURL, next(1, newColumn+"CREATE TABLE users (id TEXT);"))
			require.Error(t, err)
			assert.Equal(t, newest, version(t, db))
			_, err = db.read.ExecContext(t.Context(), "SELECT note FROM users")
			assert.Error(t, err, "the first half of the step must be gone too")
			openSchema(t, databaseURL, next(1, newColumn))
		}},
		{"a start does not wait for whoever writes", func(t *testing.T, databaseURL string) {
			busy := openSchema(t, databaseURL, schema())
			tx, err := busy.write.BeginTx(t.Context(), nil)
			require.NoError(t, err)
			defer tx.Rollback()
			require.NoError(t, busy.lockMigrations(t.Context(), tx))
			ctx, cancel := context.WithTimeout(t.Context(), 3*time.Second) // SQLite waits for a lock longer than this
			defer cancel()
			db, err := open(ctx, databaseURL, schema())
			require.NoError(t, err)
			require.NoError(t, db.Close())
		}},
		{"servers that start at once migrate once", func(t *testing.T, databaseURL string) {
			const servers = 8
			results := make(chan error, servers)
			for range servers {
				go func() {
					db, err := open(context.Background(), databaseURL, next(1, newColumn))
					if err == nil {
						err = db.Close()
					}
					results <- err
				}()
			}
			for range servers {
				assert.NoError(t, <-results, "a deploy starts several servers at a time")
			}
			works(t, openSchema(t, databaseURL, schema()), "after")
		}},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			eachSQL(t, func(t *testing.T, databaseURL func(testing.TB) string) { row.check(t, databaseURL(t)) })
		})
	}
}

// A step that was released never changes: databases that it has made are there,
// and a copy of one is known by the exact text of its schema.
func TestSchema_keepsItsFirstStep(t *testing.T) {
	want, err := os.ReadFile(filepath.Join("testdata", "schema1.txt"))
	require.NoError(t, err)
	objects, err := objectsAfter(t.Context(), testdb.SQLite(t), schema()[:1])
	require.NoError(t, err)
	var got strings.Builder
	for _, o := range objects {
		fmt.Fprintf(&got, "%s %s of %s: %s\n\n", o.kind, o.name, o.table, o.sql)
	}
	assert.Equal(t, string(want), got.String())
}
