package store

import (
	"context"
	"database/sql"
	"slices"
	"testing"
	"time"

	tokens "example.com/authbook/03-token-scenarios"
	accounts "example.com/authbook/04-signup-login"
	"example.com/authbook/final/internal/testdb"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// addOld adds as many sessions of the user, and as many failures, that are
// long over.
func addOld(t testing.TB, db *sqlStore, u accounts.User, n int) {
	t.Helper()
	const numbers = `WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < $1) `
	id := map[string]string{"SQLite": "'old ' || i", "PostgreSQL": "'old ' || i::text"}[db.dialect.name]
	key := map[string]string{
		"SQLite": "CAST('old ' || i AS BLOB)", "PostgreSQL": "convert_to('old ' || i::text, 'UTF8')",
	}[db.dialect.name]
	require.NoError(t, db.inLongTx(t.Context(), func(ctx context.Context, tx *sql.Tx) error {
		if err := db.takeAnyTime(ctx, tx); err != nil {
			return err
		}
		_, err := tx.ExecContext(ctx, numbers+`INSERT INTO sessions (id, user_id, generation, created, rotated, expires)
			SELECT `+id+`, $2, 0, 1, 1, i FROM n`, n, u.ID)
		require.NoError(t, err)
		_, err = tx.ExecContext(ctx, numbers+`INSERT INTO failures (key, count, opened, last)
			SELECT `+key+`, 1, 1, i FROM n`, n)
		return err
	}))
}

func sweepAll(ctx context.Context, db interface {
	tokens.Store
	accounts.ThrottleStore
}) error {
	if err := tokens.Sweep(ctx, db); err != nil {
		return err
	}
	return accounts.SweepFailures(ctx, db)
}

// stepwise lets a sweep take its next step once a request came through.
type stepwise struct {
	*sqlStore
	through chan struct{}
	steps   int
}

func (s *stepwise) step(deleted int, err error) (int, error) {
	s.steps++
	<-s.through
	return deleted, err
}

func (s *stepwise) DeleteExpired(ctx context.Context, keep time.Duration, limit int) (int, error) {
	return s.step(s.sqlStore.DeleteExpired(ctx, keep, limit))
}

func (s *stepwise) DeleteOldFailures(ctx context.Context, age time.Duration, limit int) (int, error) {
	return s.step(s.sqlStore.DeleteOldFailures(ctx, age, limit))
}

// Requests go on while many rows are swept: they wait for a step, and not for
// the whole.
func TestSweep_letsRequestsThrough(t *testing.T) {
	onSQL(t, func(t *testing.T, db *sqlStore) {
		const old = 6_000 // 12 steps of sessions and 6 of failures
		u := addUser(t, db, "jin")
		live := logIn(t, db, u)
		require.NoError(t, db.AddFailure(t.Context(), "recent", time.Hour))
		addOld(t, db, u, old)

		swept, sweeping := make(chan error, 1), &stepwise{sqlStore: db, through: make(chan struct{})}
		go func() { swept <- sweepAll(t.Context(), sweeping) }()
		requests := int64(0)
		for over := false; !over; {
			select {
			case err := <-swept:
				require.NoError(t, err)
				over = true
			default:
				_, moved, err := db.Rotate(t.Context(), live, requests, usual())
				require.NoError(t, err)
				require.True(t, moved)
				requests++
				select {
				case sweeping.through <- struct{}{}:
				default: // a step is under way
				}
			}
		}
		assert.GreaterOrEqual(t, sweeping.steps, 18, "requests had to wait for the sweep")
		assert.Equal(t, 1, rowsOf(t, db, "sessions"))
		assert.Equal(t, 1, rowsOf(t, db, "failures"))
		load(t, db, live)
	})
}

func rowsOf(t *testing.T, db *sqlStore, table string) (n int) {
	t.Helper()
	require.NoError(t, db.read.QueryRowContext(t.Context(), "SELECT count(*) FROM "+table).Scan(&n))
	return n
}

// BenchmarkSweep reports how long a refresh takes while 200,000 rows are swept,
// and how long without: its median and its 99th percentile.
//
//	.ci/with-postgres go test ./final/internal/store -run '^$' -bench Sweep -benchtime 1x
func BenchmarkSweep(b *testing.B) {
	databases := map[string]func(testing.TB) string{"SQLite": testdb.SQLite, "PostgreSQL": testdb.Postgres}
	for name, databaseURL := range databases {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				b.StopTimer()
				db := openStore(b, databaseURL(b))
				u := addUser(b, db, "jin")
				live := logIn(b, db, u)
				generation := int64(0)
				refreshes := func(until func(n int) bool) (took []time.Duration) {
					for n := 0; !until(n); n++ {
						begun := time.Now()
						_, moved, err := db.Rotate(b.Context(), live, generation, usual())
						require.NoError(b, err)
						require.True(b, moved)
						took = append(took, time.Since(begun))
						generation++
					}
					return took
				}
				idle := refreshes(func(n int) bool { return n == 500 })
				addOld(b, db, u, 100_000)
				swept := make(chan error, 1)
				b.StartTimer()
				go func() { swept <- sweepAll(b.Context(), db) }()
				busy := refreshes(func(int) bool { return len(swept) == 1 })
				require.NoError(b, <-swept)
				for name, took := range map[string][]time.Duration{"idle": idle, "sweep": busy} {
					slices.Sort(took)
					b.ReportMetric(milliseconds(took[len(took)/2]), name+"-p50-ms")
					b.ReportMetric(milliseconds(took[len(took)*99/100]), name+"-p99-ms")
				}
				b.ReportMetric(float64(len(busy)), "refreshes")
			}
		})
	}
}

func milliseconds(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }
