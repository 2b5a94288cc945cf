// Package testdb gives a test an empty database of its own. It is for tests.
package testdb

import (
	"crypto/rand"
	"database/sql"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	_ "github.com/jackc/pgx/v5/stdlib" // registers the driver that Postgres uses
	"github.com/stretchr/testify/require"
)

// variable names a PostgreSQL to test on; its user may create schemas.
const variable = "AUTHBOOK_TEST_POSTGRES"

// URL returns the URL of an empty database: on PostgreSQL where the variable
// names one, else on SQLite.
func URL(t testing.TB) string {
	t.Helper()
	if os.Getenv(variable) != "" {
		return Postgres(t)
	}
	return SQLite(t)
}

// SQLite returns the path of a file that does not exist yet.
func SQLite(t testing.TB) string {
	t.Helper()
	return filepath.Join(t.TempDir(), "authbook.db")
}

// Postgres returns the URL of an empty schema, which goes when the test ends.
// Without a PostgreSQL to test on it skips the test.
func Postgres(t testing.TB) string {
	t.Helper()
	base := os.Getenv(variable)
	if base == "" {
		t.Skipf("set %s=postgres://user@host/database to run this on PostgreSQL too; .ci/with-postgres does", variable)
	}
	schema := "authbook_test_" + strings.ToLower(rand.Text())
	execute(t, base, "CREATE SCHEMA "+schema)
	t.Cleanup(func() { execute(t, base, "DROP SCHEMA "+schema+" CASCADE") })
	u, err := url.Parse(base)
	require.NoError(t, err)
	query := u.Query()
	query.Set("search_path", schema)
	u.RawQuery = query.Encode()
	return u.String()
}

func execute(t testing.TB, databaseURL, statement string) {
	t.Helper()
	db, err := sql.Open("pgx", databaseURL)
	require.NoError(t, err)
	defer db.Close()
	_, err = db.Exec(statement)
	require.NoError(t, err)
}
