package store

import (
	"testing"

	"example.com/authbook/final/internal/testdb"
	"github.com/jackc/pgx/v5"
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

func TestIsUnverified(t *testing.T) {
	rows := []struct {
		name, databaseURL string
		want              bool
	}{
		{"another machine", "postgres://jin@db.example/authbook", true},
		{"another machine, encrypted and believed", "postgres://jin@db.example/authbook?sslmode=require", true},
		{"another machine, checked", "postgres://jin@db.example/authbook?sslmode=verify-full", false},
		{"of two machines one in the open", "postgres://jin@localhost,db.example/authbook?sslmode=disable", true},
		{"a private address is a network too", "postgres://jin@10.0.0.7/authbook", true},
		{"this machine by name", "postgres://jin@localhost/authbook", false},
		{"this machine by address", "postgres://jin@127.0.0.1/authbook", false},
		{"this machine by IPv6", "postgres://jin@[::1]/authbook", false},
		{"a socket", "postgres://jin@/authbook?host=/run/postgresql", false},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			config, err := pgx.ParseConfig(row.databaseURL)
			require.NoError(t, err)
			assert.Equal(t, row.want, isUnverified(config))
		})
	}
}
