package store

import (
	"strings"
	"testing"

	"example.com/authbook/final/internal/testdb"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// A query that reads a whole table is fast on a test's ten rows.
func TestQueries_useAnIndex(t *testing.T) {
	db := openStore(t, testdb.SQLite(t))
	for _, query := range []string{
		loadSession, openSession, displaceSessions, rotateSession, listSessions, countLive, deleteExpired,
		revokeSession, revokeOwn, raiseVersion, revokeSessions,
		insertUser, userByKey, userByID, rehash, changePassword, renewSession, deleteUser, userExists,
		lockAdmins, setRoles, disable, enable, deleteByKey,
		failuresOf(1), failuresOf(6), addFailure, forgetFailures, deleteOldFailures,
	} {
		plan, err := many(t.Context(), db.read, scanStep, "EXPLAIN QUERY PLAN "+db.sql(query), 1, 2, 3, 4, 5, 6, 7, 8, 9)
		require.NoError(t, err, query)
		for _, step := range plan {
			whole := strings.HasPrefix(step, "SCAN") && !strings.Contains(step, "users_admins") && step != "SCAN CONSTANT ROW"
			assert.False(t, whole, "%s\nreads a whole table: %s", query, step)
		}
	}
}

// scanStep reads a row of a query plan (https://sqlite.org/eqp.html).
func scanStep(row scanner) (step string, err error) {
	var id, parent, unused int
	err = row.Scan(&id, &parent, &unused, &step)
	return step, err
}
