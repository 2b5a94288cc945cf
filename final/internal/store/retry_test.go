package store

import (
	"context"
	"database/sql"
	"testing"

	"example.com/authbook/final/internal/testdb"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// Two transactions that each wait for the other: PostgreSQL ends one of them,
// and that one is tried again.
func TestDB_retriesADeadlock(t *testing.T) {
	db := openStore(t, testdb.Postgres(t)+"&deadlock_timeout=50")
	addUser(t, db, "a")
	addUser(t, db, "b")
	const grow = `UPDATE users SET nickname = nickname || '+' WHERE username_key = $1`
	met, tries := make(chan struct{}), make(chan struct{}, 2*attempts)
	both := func(first, second string, wait func()) func() error {
		return func() error {
			return db.inTx(t.Context(), func(ctx context.Context, tx *sql.Tx) error {
				tries <- struct{}{}
				if _, err := tx.ExecContext(ctx, grow, first); err != nil {
					return err
				}
				wait()
				_, err := tx.ExecContext(ctx, grow, second)
				return err
			})
		}
	}
	meet := func(way func()) func() {
		again := false
		return func() {
			if !again { // only the first tries must meet
				way()
			}
			again = true
		}
	}
	errs := atOnce(
		both("a", "b", meet(func() { met <- struct{}{} })),
		both("b", "a", meet(func() { <-met })),
	)
	assert.Equal(t, []error{nil, nil}, errs)
	assert.GreaterOrEqual(t, len(tries), 3, "one of the two had to begin again")
	for _, key := range []string{"a", "b"} {
		assert.Equal(t, "Mentos of "+key+"++", byKey(t, db, key).Nickname, "each of the two counts once")
	}
}

// Where the database is set to a stricter isolation, writes that meet fail and
// are tried again.
func TestDB_retriesASerializationFailure(t *testing.T) {
	db := openStore(t, testdb.Postgres(t)+"&default_transaction_isolation=serializable")
	addUser(t, db, "jin")
	const clients = 4
	errs := parallel(clients, nil, nil, func(anyStore) error {
		return db.inTx(t.Context(), func(ctx context.Context, tx *sql.Tx) error {
			var nickname string
			err := tx.QueryRowContext(ctx, `SELECT nickname FROM users WHERE username_key = 'jin'`).Scan(&nickname)
			if err != nil {
				return err
			}
			_, err = tx.ExecContext(ctx, `UPDATE users SET nickname = $1 WHERE username_key = 'jin'`, nickname+"+")
			return err
		})
	})
	require.Equal(t, clients, count(t, errs, nil))
	assert.Equal(t, "Mentos of jin++++", byKey(t, db, "jin").Nickname, "no update is lost")
}
