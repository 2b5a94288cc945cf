package store

import (
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	accounts "example.com/authbook/04-signup-login"
	"example.com/authbook/final/internal/testdb"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestOpen_findsTheFile(t *testing.T) {
	dir := t.TempDir()
	t.Chdir(dir)
	rows := []struct{ name, databaseURL, path string }{
		{"a path", "plain.db", "plain.db"},
		{"a path from the root", filepath.Join(dir, "root.db"), "root.db"},
		{"a path with bytes that mean something in a URL", "what? 100%#1.db", "what? 100%#1.db"},
		{"a new directory", "./new/deep/authbook.db", "new/deep/authbook.db"},
		{"sqlite: and a path", "sqlite:data/relative.db", "data/relative.db"},
		{"sqlite: and a path from the root", "sqlite://" + dir + "/absolute.db", "absolute.db"},
		{"file: and an escaped path", "file:" + dir + "/with%20space.db", "with space.db"},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			db := openStore(t, row.databaseURL)
			assert.Equal(t, filepath.Join(dir, row.path), db.Path())
			assert.NoError(t, db.Ping(t.Context()))
			assert.FileExists(t, filepath.Join(dir, row.path))
		})
	}
}

func TestOpen_keepsOthersOut(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "data")
	path := filepath.Join(dir, "authbook.db")
	db := openStore(t, path)
	addUser(t, db, "jin")
	for _, suffix := range []string{"", "-wal", "-shm"} {
		info, err := os.Stat(path + suffix)
		require.NoError(t, err)
		assert.Equal(t, os.FileMode(0o600), info.Mode().Perm(), "%q holds password hashes", suffix)
	}
	info, err := os.Stat(dir)
	require.NoError(t, err)
	assert.Equal(t, os.FileMode(0o700), info.Mode().Perm())
}

func TestOpen_keepsTheData(t *testing.T) {
	eachSQL(t, func(t *testing.T, databaseURL func(testing.TB) string) {
		u := databaseURL(t)
		db, err := Open(t.Context(), u)
		require.NoError(t, err)
		user := addUser(t, NewUsers(db), "jin")
		s := logIn(t, NewSessions(db), user)
		require.NoError(t, db.Close())

		again := openStore(t, u)
		assert.Equal(t, user, byKey(t, again, "jin"))
		assert.False(t, load(t, again, s).Session.Revoked, "a restart logs nobody out")
	})
}

func TestOpen_refuses(t *testing.T) {
	dir := t.TempDir()
	text := filepath.Join(dir, "notes.txt")
	require.NoError(t, os.WriteFile(text, []byte(strings.Repeat("not a database\n", 100)), 0o600))
	rows := []struct{ name, databaseURL, want string }{
		{"nothing", "", "name a file"},
		{"a database in memory, which every connection would have for itself", ":memory:", "name a file"},
		{"the same as a URL", "file::memory:", "PATH"},
		{"options, which would be ignored", "file:authbook.db?mode=ro", "PATH"},
		{"a host, which is a slash too few", "sqlite://data/authbook.db", "PATH"},
		{"a URL that is none", "sqlite:%zz", "not a URL"},
		{"another kind of database", "mysql://root:hunter2@localhost/authbook", `unknown scheme "mysql"`},
		{"a directory", dir, dir},
		{"a file for a directory", filepath.Join(text, "authbook.db"), text},
		{"a file that is no database", text, text + ": not a SQLite database"},
		{"a PostgreSQL URL that is none", "postgres://jin:hunter2@localhost:port/authbook", "invalid port"},
		{"a password with a slash that is not escaped", "postgres://jin:x/hunter2@localhost/authbook", "invalid port"},
		{"a password with a % that is not escaped", "postgres://jin:%zzhunter2@localhost/authbook", "percent-encoded"},
		{"a password with an @ that is not escaped", "postgres://jin:x@hunter2@127.0.0.1:1/authbook", "@ as %40"},
		{"the password of another kind of database", "sqlite://jin:hunter2@localhost/authbook", "sqlite:PATH"},
		{"the same in a URL that is none", "file://jin:%zzhunter2@localhost/authbook", "not a URL"},
		{"a PostgreSQL server that is not there", "postgres://jin:hunter2@127.0.0.1:1/authbook", "127.0.0.1"},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			_, err := Open(t.Context(), row.databaseURL)
			require.Error(t, err)
			assert.Contains(t, err.Error(), row.want)
			assert.NotContains(t, err.Error(), "hunter2", "an error is logged, and a password must not be")
			assert.NotContains(t, err.Error(), "\n", "one line is what an operator reads")
		})
	}
}

func TestOpen_namesADirectoryItCannotWriteTo(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "authbook.db")
	require.NoError(t, openStore(t, path).Ping(t.Context())) // SQLite would open an existing file, and fail later
	require.NoError(t, os.Chmod(dir, 0o500))
	t.Cleanup(func() { require.NoError(t, os.Chmod(dir, 0o700)) })
	if os.Geteuid() == 0 {
		t.Skip("root may write everywhere; run this as another user")
	}
	_, err := Open(t.Context(), path)
	require.Error(t, err)
	assert.Contains(t, err.Error(), dir+": not writable")
}

func TestPing(t *testing.T) {
	eachSQL(t, func(t *testing.T, databaseURL func(testing.TB) string) {
		db, err := Open(t.Context(), databaseURL(t))
		require.NoError(t, err)
		assert.NoError(t, db.Ping(t.Context()))
		require.NoError(t, db.Close())
		assert.Error(t, db.Ping(t.Context()), "a closed database is not ready")
		_, err = NewUsers(db).ByKey(t.Context(), "jin")
		assert.Error(t, err)
		assert.NotErrorIs(t, err, accounts.ErrNoUser, "no answer is not the answer no")
	})
}

func TestPing_missesItsFile(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("Windows keeps a file that is open")
	}
	for name, change := range map[string]func(path string) error{
		"deleted": os.Remove,
		"replaced": func(path string) error {
			return errors.Join(os.Rename(path, path+".old"), os.WriteFile(path, nil, 0o600))
		},
	} {
		t.Run(name, func(t *testing.T) {
			path := testdb.SQLite(t)
			db := openStore(t, path)
			require.NoError(t, db.Ping(t.Context()))
			require.NoError(t, change(path))
			assert.Error(t, db.Ping(t.Context()), "what is written now is lost with the process")
		})
	}
}

func TestOpen_refusesAPasswordWithABareSlash(t *testing.T) {
	_, err := Open(t.Context(), "postgres://jin:12/hunter2@db.example/authbook")
	require.ErrorContains(t, err, "write / in a password as %2F")
	assert.NotContains(t, err.Error(), "hunter2")
}
