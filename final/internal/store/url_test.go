package store

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// A text that is meant for another database must not become an empty SQLite
// file, whose name then shows the password.
func TestOpen_refusesWhatIsNotPlainlyAFile(t *testing.T) {
	rows := []struct{ name, databaseURL, want string }{
		{"the settings of libpq", "host=db.internal user=app password=hunter2 dbname=auth", "neither a file nor a"},
		{"one setting of libpq", "password=hunter2.db", "neither"},
		{"settings of another library", "Server=db;User Id=app;Password=hunter2;", "neither"},
		{"settings with blanks around the sign", "host = db password = hunter2", "neither"},
		{"a URL of JDBC", "jdbc:postgresql://db/auth?user=app&password=hunter2", "neither"},
		{"a URL of SQLAlchemy", "postgresql+psycopg://app:hunter2@db/auth", `unknown scheme "postgresql+psycopg"`},
		{"a host, a port and a name", "localhost:5432/hunter2", "neither"},
		{"a host and a port", "hunter2:5432", "neither"},
		{"a user at a host", "hunter2@db.internal/auth.db", "neither"},
		{"a user and a password at a host", "app:hunter2@db.internal", "neither"},
		{"a host and a name", "db.internal/hunter2", "neither"},
		{"a URL that lost its scheme", "//app:hunter2@db/auth", "neither"},
		{"a URL that lost a slash too many", "/app:hunter2@db/auth.db", "neither"},
		{"a URL with one slash", "postgres:/app:hunter2@db/auth", "neither"},
		{"a URL without slashes", "postgresql:app:hunter2@db/auth", "neither"},
		{"a URL that begins as a path does", "./postgres://app:hunter2@db/auth", "neither"},
		{"settings behind a scheme", "postgres://host=db password=hunter2", "neither"},
		{"options behind a file", "./hunter2.db?mode=ro", "neither"},
		{"a password alone", "hunter2", "neither"},
		{"quotes", `"./hunter2.db"`, "blank or a quote"},
		{"single quotes", `'postgres://app:hunter2@db/auth'`, "blank or a quote"},
		{"a quote at the end", "./hunter2.db'", "blank or a quote"},
		{"a blank before it", " ./hunter2.db", "blank or a quote"},
		{"a line's end after it", "postgres://app:hunter2@db/auth\n", "blank or a quote"},
		{"a no-break space before it", "\u00a0./hunter2.db", "blank or a quote"},
		{"a control character in it", "./hunter2\x1b[2J.db", "blank or a quote"},
		{"a NUL in it", "./hunter2\x00.db", "blank or a quote"},
		{"a home that no shell has expanded", "~/hunter2.db", "neither"},
		{"a variable that no shell has expanded", "$HOME/hunter2.db", "neither"},
		{"a quote behind a scheme", `sqlite:"./hunter2.db`, "neither"},
		{"a home behind a scheme", "sqlite:~/hunter2.db", "neither"},
		{"a password behind a scheme", "sqlite:app:hunter2@db/auth.db", "neither"},
		{"settings behind a scheme of files", "file:host=db%20password=hunter2", "neither"},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			dir := t.TempDir()
			t.Chdir(dir)
			_, err := Open(t.Context(), row.databaseURL)
			require.ErrorContains(t, err, row.want)
			_, existing := OpenExisting(t.Context(), row.databaseURL)
			require.ErrorContains(t, existing, row.want)
			for _, err := range []error{err, existing} {
				assert.NotContains(t, err.Error(), "hunter2", "a password may be in it")
			}
			left, err := os.ReadDir(dir)
			require.NoError(t, err)
			assert.Empty(t, left, "no file and no directory is made")
		})
	}
}

func TestSqlitePath_takesFiles(t *testing.T) {
	dir := t.TempDir()
	t.Chdir(dir)
	require.NoError(t, os.WriteFile("authbook", nil, 0o600))
	rows := []struct{ name, databaseURL, want string }{
		{"a path from here", "./data/authbook.db", "./data/authbook.db"},
		{"a path from the folder above", "../authbook", "../authbook"},
		{"a path from the root", filepath.Join(dir, "data"), filepath.Join(dir, "data")},
		{"the ending of a database", "data/authbook.db", "data/authbook.db"},
		{"another ending", "authbook.sqlite", "authbook.sqlite"},
		{"letters of any script, and a blank inside", "한글 이름.db", "한글 이름.db"},
		{"a quote inside", "./it's mine.db", "./it's mine.db"},
		{"a file without an ending that is there", "authbook", "authbook"},
		{"a scheme that says so", "sqlite:data/authbook", "data/authbook"},
		{"a scheme in capital letters", "FILE:///srv/authbook", "/srv/authbook"},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			path, err := sqlitePath(row.databaseURL)
			require.NoError(t, err)
			assert.Equal(t, row.want, path)
		})
	}
}

func TestIsPostgres(t *testing.T) {
	for databaseURL, want := range map[string]bool{
		"postgres://db/auth": true, "postgresql://db/auth": true, "POSTGRES://db/auth": true,
		"postgres": false, "./postgres://": false, "mysql://db/auth": false, "": false,
	} {
		assert.Equal(t, want, IsPostgres(databaseURL), databaseURL)
	}
}

// pgx repeats the URL in its errors, and takes out only what it knows for a
// password.
func TestOpen_repeatsNoPostgresURL(t *testing.T) {
	rows := []struct{ name, databaseURL, want string }{
		{"a password where the port is", "postgres://localhost:hunter2/auth", "invalid port"},
		{"an option of another library", "postgres://localhost/auth?passwd=hunter2&sslmode=x", "sslmode is invalid"},
		{"a password where a number is", "postgres://localhost/auth?connect_timeout=hunter2", "connect_timeout"},
		{"capital letters", "POSTGRES://localhost:hunter2/auth", "invalid port"},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			_, err := Open(t.Context(), row.databaseURL)
			require.ErrorContains(t, err, row.want)
			assert.NotContains(t, err.Error(), "hunter2")
			assert.NotContains(t, err.Error(), "localhost", "the URL is not repeated")
		})
	}
}
