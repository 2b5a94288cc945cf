package store

import (
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"example.com/authbook/final/internal/testdb"
	"github.com/stretchr/testify/require"
)

// BenchmarkSessions_Load is the read of every authenticated request, by 32
// clients per CPU on SQLite.
func BenchmarkSessions_Load(b *testing.B) {
	db := openStore(b, b.TempDir()+"/authbook.db")
	ids := manySessions(b, db)
	b.ReportAllocs()
	b.SetParallelism(32)
	b.ResetTimer()
	b.RunParallel(func(pb *testing.PB) {
		for pb.Next() {
			if _, err := db.Load(b.Context(), ids[rand.IntN(len(ids))]); err != nil {
				b.Error(err)
			}
		}
	})
}

// BenchmarkSessions_Rotate is a write, with its wait for the disk.
func BenchmarkSessions_Rotate(b *testing.B) {
	db := openStore(b, b.TempDir()+"/authbook.db")
	id := logIn(b, db, addUser(b, db, "jin"))
	generation := int64(0)
	for b.Loop() {
		_, moved, err := db.Rotate(b.Context(), id, generation, usual())
		require.NoError(b, err)
		require.True(b, moved)
		generation++
	}
}

// BenchmarkDB_grows shows what the calls of a request cost as the tables
// grow: each user has one session. Of each it reports the best of many short
// batches, so that what else the machine does disturbs it little.
func BenchmarkDB_grows(b *testing.B) {
	for _, size := range []int{1_000, 100_000, 1_000_000} {
		db := openStore(b, testdb.SQLite(b))
		fill(b, db, size)
		some := func() int { return 1 + rand.IntN(size) }
		for _, call := range []struct {
			name  string
			batch int
			do    func() error
		}{
			{"Load", 20, func() error { _, err := db.Load(b.Context(), sessionID(some())); return err }},
			{"ByKey", 20, func() error { _, err := db.ByKey(b.Context(), userKey(some())); return err }},
			{"Rotate", 1, func() error { _, _, err := db.Rotate(b.Context(), sessionID(some()), 0, usual()); return err }},
			{"CountLive", 1, func() error { _, err := db.CountLive(b.Context()); return err }},
		} {
			b.Run(fmt.Sprintf("%s/rows=%d", call.name, size), func(b *testing.B) {
				best := time.Hour
				for b.Loop() {
					start := time.Now()
					for range call.batch {
						require.NoError(b, call.do())
					}
					best = min(best, time.Since(start)/time.Duration(call.batch))
				}
				b.ReportMetric(float64(best.Nanoseconds())/1000, "µs/call")
				b.ReportMetric(0, "ns/op") // of a batch, good or bad
			})
		}
	}
}

func sessionID(n int) string { return fmt.Sprintf("SESSION%d", 1_000_000_000_000_000_000+n) }

func userKey(n int) string { return fmt.Sprintf("user %d", n) }

// fill adds so many users, each with a session. Its ids are in no order, as
// random ones are not.
func fill(b *testing.B, db *sqlStore, size int) {
	const numbers = `WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < $1) `
	now := time.Now().UnixMicro()
	for _, statement := range []string{
		numbers + `INSERT INTO users SELECT 'USER' || (1000000000000000000 + i * 7919 % 1000003),
			'User ' || i, 'user ' || i, 'User',
			'$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA',
			0, 'USER', false, $2 FROM n`,
		numbers + `INSERT INTO sessions SELECT 'SESSION' || (1000000000000000000 + i),
			'USER' || (1000000000000000000 + i * 7919 % 1000003), 0, $2, $2, $2 + 86400000000, NULL FROM n`,
	} {
		_, err := db.write.ExecContext(b.Context(), statement, size, now)
		require.NoError(b, err)
	}
}

// manySessions adds 10,000 sessions of one user: more than fit into the cache
// of a connection.
func manySessions(b *testing.B, db *sqlStore) (ids []string) {
	const addMany = `
		WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 10000)
		INSERT INTO sessions SELECT 'SESSION' || (1000000000000000000 + i), user_id, 0, created, rotated, expires, NULL
		FROM n, sessions`
	logIn(b, db, addUser(b, db, "jin"))
	_, err := db.write.ExecContext(b.Context(), addMany)
	require.NoError(b, err)
	ids, err = many(b.Context(), db.read, scanText, "SELECT id FROM sessions")
	require.NoError(b, err)
	return ids
}
