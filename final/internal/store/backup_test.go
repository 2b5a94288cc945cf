package store

import (
	"context"
	"os"
	"path/filepath"
	"testing"
	"time"

	"example.com/authbook/final/internal/testdb"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestDB_Backup(t *testing.T) {
	db := openStore(t, testdb.SQLite(t))
	u := addUser(t, db, "jin")
	s := logIn(t, db, u)
	copied := filepath.Join(t.TempDir(), "it's a backup?.db")
	require.NoError(t, db.Backup(t.Context(), copied))
	addUser(t, db, "later")

	info, err := os.Stat(copied)
	require.NoError(t, err)
	assert.Equal(t, os.FileMode(0o600), info.Mode().Perm(), "a copy holds password hashes too")
	restored := openStore(t, copied)
	users, err := restored.All(t.Context())
	require.NoError(t, err)
	require.Len(t, users, 1, "the copy is of one moment")
	assert.Equal(t, u, users[0])
	assert.Equal(t, load(t, db, s).Session, load(t, restored, s).Session)
}

func TestDB_LastBackup(t *testing.T) {
	db := openStore(t, testdb.SQLite(t))
	here, elsewhere := db.LastBackup()
	assert.Zero(t, here.Unix())
	assert.Zero(t, elsewhere.Unix())
	dir := filepath.Join(filepath.Dir(db.Path()), "backups")
	require.NoError(t, os.Mkdir(dir, 0o700))
	for name, day := range map[string]int64{"a.db": 2, "b.db": 3, "c.db": 1, "no-copy": 5, "elsewhere": 4} {
		path, at := filepath.Join(dir, name), time.Unix(day*86400, 0)
		require.NoError(t, os.WriteFile(path, nil, 0o600))
		require.NoError(t, os.Chtimes(path, at, at))
	}
	here, elsewhere = db.LastBackup()
	assert.EqualValues(t, 3*86400, here.Unix())
	assert.EqualValues(t, 4*86400, elsewhere.Unix())

	seen := filepath.Join(dir, "complete")
	require.NoError(t, os.WriteFile(seen, nil, 0o600))
	require.NoError(t, os.Chtimes(seen, time.Unix(9*86400, 0), time.Unix(9*86400, 0)))
	here, _ = db.LastBackup()
	assert.EqualValues(t, 9*86400, here.Unix(), "nothing has changed since")
	for _, name := range []string{"a.db", "b.db", "c.db"} {
		require.NoError(t, os.Remove(filepath.Join(dir, name)))
	}
	here, _ = db.LastBackup()
	assert.Zero(t, here.Unix(), "a mark is no copy")
}

func TestDB_Backup_refuses(t *testing.T) {
	db := openStore(t, testdb.SQLite(t))
	addUser(t, db, "jin")
	dir := t.TempDir()

	t.Run("a file that exists, and leaves it alone", func(t *testing.T) {
		path := filepath.Join(dir, "exists")
		require.NoError(t, os.WriteFile(path, nil, 0o600))
		assert.ErrorIs(t, db.Backup(t.Context(), path), os.ErrExist)
		info, err := os.Stat(path)
		require.NoError(t, err)
		assert.Zero(t, info.Size())
	})
	t.Run("to overwrite the database itself", func(t *testing.T) {
		assert.ErrorIs(t, db.Backup(t.Context(), db.Path()), os.ErrExist)
		byKey(t, db, "jin")
	})
	t.Run("a directory that is not there", func(t *testing.T) {
		assert.ErrorIs(t, db.Backup(t.Context(), filepath.Join(dir, "missing", "copy")), os.ErrNotExist)
	})
	t.Run("when it fails on the way, and leaves no half of a copy", func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		path := filepath.Join(dir, "half")
		assert.ErrorIs(t, db.Backup(ctx, path), context.Canceled)
		assert.NoFileExists(t, path)
	})
}

func TestDB_Backup_onPostgreSQL(t *testing.T) {
	onSQL(t, func(t *testing.T, db *sqlStore) {
		if db.Path() == "" {
			assert.ErrorContains(t, db.Backup(t.Context(), filepath.Join(t.TempDir(), "copy")), "use pg_dump")
		}
	})
}
