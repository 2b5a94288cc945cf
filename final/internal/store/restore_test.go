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

func TestDB_Restore(t *testing.T) {
	db := openStore(t, testdb.SQLite(t))
	server := openStore(t, db.Path()) // which goes on
	jin := addUser(t, db, "jin")
	before := logIn(t, db, jin)
	copied := filepath.Join(t.TempDir(), "it's a backup?.db")
	require.NoError(t, db.Backup(t.Context(), copied))
	later := addUser(t, server, "later")
	after := logIn(t, server, later)
	require.NoError(t, server.AddFailure(t.Context(), "guesser", time.Hour))
	require.NoError(t, server.ChangePassword(t.Context(), jin.ID, jin.PasswordVersion, "another hash", accounts.Kept{}))

	aside := filepath.Join(t.TempDir(), "aside.db")
	n, err := db.Restore(t.Context(), copied, aside, nil)
	require.NoError(t, err)
	assert.Equal(t, int64(1), n)
	users, err := server.All(t.Context())
	require.NoError(t, err)
	require.Equal(t, []accounts.User{jin}, users, "the users are those of the copy, with their old passwords")
	for _, id := range []string{before, after} {
		_, err = server.Load(t.Context(), id)
		assert.ErrorIs(t, err, tokens.ErrNoSession, "the copy does not know who has logged out since")
	}
	assert.Equal(t, 1, failuresIn(t, server, "guesser").Count, "a restore must not open a door to guessing")
	logIn(t, server, jin)
	addUser(t, server, "afterwards")
	left, err := filepath.Glob(filepath.Join(filepath.Dir(db.Path()), ".restore-*"))
	require.NoError(t, err)
	assert.Empty(t, left)
	_, err = db.Restore(t.Context(), copied, aside, nil)
	require.ErrorContains(t, err, "exists", "an older one must not be lost")
	byKey(t, db, "afterwards")
	_, err = db.Restore(t.Context(), copied, aside+"2", nil)
	require.NoError(t, err, "once more")
}

func TestDB_Restore_refuses(t *testing.T) {
	db := openStore(t, testdb.SQLite(t))
	addUser(t, db, "jin")
	dir := t.TempDir()
	file := func(name string, text []byte) string {
		path := filepath.Join(dir, name)
		require.NoError(t, os.WriteFile(path, text, 0o600))
		return path
	}
	whole := filepath.Join(dir, "whole")
	require.NoError(t, db.Backup(t.Context(), whole))
	text, err := os.ReadFile(whole)
	require.NoError(t, err)
	foreign := openForeign(t, filepath.Join(dir, "foreign"), "CREATE TABLE users (id TEXT)")
	newer := openForeign(t, filepath.Join(dir, "newer"),
		"CREATE TABLE schema_info (version BIGINT NOT NULL, min_binary BIGINT NOT NULL); "+
			"INSERT INTO schema_info VALUES (99, 1)")
	rows := []struct{ name, path, want string }{
		{"a file that is not there", filepath.Join(dir, "missing"), "there is no file " + filepath.Join(dir, "missing")},
		{"no database", file("text", []byte(strings.Repeat("no database ", 20))), "not a SQLite database"},
		{"an empty file", file("empty", nil), "is no copy of an authbook database"},
		{"half of a copy", file("half", text[:len(text)/2]), "malformed"},
		{"a database of something else", foreign, "is no copy of an authbook database"},
		{"a copy of a newer release", newer, "was made by a newer release (schema 99"},
		{"the database itself", db.Path(), "is the database itself"},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			_, err := db.Restore(t.Context(), row.path, filepath.Join(dir, "aside"), nil)
			require.ErrorContains(t, err, row.want)
			assert.NotContains(t, err.Error(), "\n", "one line")
			byKey(t, db, "jin")
			assert.NoFileExists(t, filepath.Join(dir, "aside"))
		})
	}
}

// The names in a copy are those of whoever wrote it, and no part of a query.
func TestDB_Restore_runsNothingOfTheCopy(t *testing.T) {
	db := openStore(t, testdb.SQLite(t))
	jin := addUser(t, db, "jin")
	copied, written := filepath.Join(t.TempDir(), "copy.db"), filepath.Join(t.TempDir(), "written.db")
	require.NoError(t, db.Backup(t.Context(), copied))
	name := "id) SELECT " + userColumns + ", id FROM backup.users; UPDATE main.users SET roles = 'ADMIN USER'; " +
		"ATTACH '" + written + "' AS written; CREATE TABLE written.t (x); --"
	openForeign(t, copied, `ALTER TABLE users ADD COLUMN "`+name+`" TEXT`)

	_, err := db.Restore(t.Context(), copied, filepath.Join(t.TempDir(), "aside.db"), nil)
	assert.NoFileExists(t, written)
	assert.Equal(t, jin, byKey(t, db, "jin"), "nobody becomes an administrator: %v", err)
}

// Nobody is lost who signs up while a restore is under way.
func TestDB_Restore_losesNobody(t *testing.T) {
	db := openStore(t, testdb.SQLite(t))
	server := openStore(t, db.Path())
	copied := filepath.Join(t.TempDir(), "copy.db")
	require.NoError(t, db.Backup(t.Context(), copied))
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	begun, added := make(chan struct{}), make(chan int)
	go func() {
		count := 0
		for n := 0; ctx.Err() == nil; n++ {
			u := accounts.User{ID: fmt.Sprint(n), UsernameKey: fmt.Sprint(n), Roles: []string{accounts.RoleUser}}
			if server.Create(context.WithoutCancel(ctx), u) == nil {
				count++
			}
			if n == 0 {
				close(begun)
			}
			<-time.After(time.Millisecond) // as long as a client thinks: SQLite's lock has no queue
		}
		added <- count
	}()
	<-begun
	aside := filepath.Join(t.TempDir(), "aside.db")
	_, err := db.Restore(t.Context(), copied, aside, nil)
	require.NoError(t, err)
	stop()
	count := <-added
	after, err := db.All(t.Context())
	require.NoError(t, err)
	before, err := openStore(t, aside).All(t.Context())
	require.NoError(t, err)
	assert.Equal(t, count, len(before)+len(after), "each is in the one or the other")
}

// openForeign makes a SQLite file that is none of ours.
func openForeign(t *testing.T, path, statements string) string {
	t.Helper()
	db, err := openFile(path, 1, readerOptions())
	require.NoError(t, err)
	defer db.Close()
	_, err = db.ExecContext(t.Context(), statements)
	require.NoError(t, err)
	return path
}

// Restore must know what to do with every table.
func TestDB_Restore_knowsEveryTable(t *testing.T) {
	db := openStore(t, testdb.SQLite(t))
	names, err := many(t.Context(), db.read, scanText, "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
	require.NoError(t, err)
	assert.Equal(t, []string{"failures", "schema_info", "sessions", "users"}, names,
		"a table is new: decide whether Restore takes it from the copy, empties it or leaves it")
}

func TestDB_Restore_onPostgreSQL(t *testing.T) {
	onSQL(t, func(t *testing.T, db *sqlStore) {
		if db.Path() == "" {
			_, err := db.Restore(t.Context(), filepath.Join(t.TempDir(), "copy"), filepath.Join(t.TempDir(), "aside"), nil)
			assert.ErrorContains(t, err, "use pg_restore, and then: DELETE FROM sessions")
		}
	})
}
