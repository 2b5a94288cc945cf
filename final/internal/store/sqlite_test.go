package store

import (
	"testing"

	"example.com/authbook/final/internal/testdb"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestConnectSQLite_setsUpTheWriter(t *testing.T) {
	db := openStore(t, testdb.SQLite(t))
	rows := []struct{ pragma, want, why string }{
		{"journal_mode", "wal", "else a read waits for the writer"},
		{"synchronous", "2", "FULL: else a power cut takes back what was answered"},
		{"foreign_keys", "1", "else sessions outlive their user"},
		{"busy_timeout", "5000", "else two processes fail instead of waiting for each other"},
	}
	for _, row := range rows {
		t.Run(row.pragma, func(t *testing.T) {
			var got string
			require.NoError(t, db.write.QueryRowContext(t.Context(), "PRAGMA "+row.pragma).Scan(&got))
			assert.Equal(t, row.want, got, row.why)
		})
	}
	assert.Equal(t, 1, db.write.Stats().MaxOpenConnections, "SQLite has one writer at a time")
}
