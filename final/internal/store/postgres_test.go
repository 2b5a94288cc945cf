package store

import (
	"testing"

	"example.com/authbook/final/internal/testdb"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestConnectPostgres_boundsEveryWait(t *testing.T) {
	usual := testdb.Postgres(t)
	own := usual + "&statement_timeout=1234"
	rows := []struct{ name, databaseURL, setting, want string }{
		{"a statement", usual, "statement_timeout", "5s"},
		{"an idle transaction", usual, "idle_in_transaction_session_timeout", "10s"},
		{"what the URL says wins", own, "statement_timeout", "1234ms"},
		{"and leaves the rest", own, "idle_in_transaction_session_timeout", "10s"},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			db := openStore(t, row.databaseURL)
			var got string
			require.NoError(t, db.read.QueryRowContext(t.Context(), "SHOW "+row.setting).Scan(&got))
			assert.Equal(t, row.want, got)
			assert.Equal(t, 16, db.read.Stats().MaxOpenConnections, "more would use up the server's connections")
		})
	}
}

func TestMigrate_isNotBoundByTheStatementTimeout(t *testing.T) {
	db := openSchema(t, testdb.Postgres(t)+"&statement_timeout=100", next(1, "SELECT pg_sleep(0.3);"))
	_, err := db.read.ExecContext(t.Context(), "SELECT pg_sleep(0.3)")
	assert.ErrorContains(t, err, "statement timeout", "for requests it holds again")
}
