package store

import (
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"
)

// BenchmarkStore_Load is the read of every authenticated request, by 32
// clients per CPU on SQLite.
func BenchmarkStore_Load(b *testing.B) {
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

// BenchmarkStore_Rotate is a write, with its wait for the disk.
func BenchmarkStore_Rotate(b *testing.B) {
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

// manySessions adds 10,000 sessions of one user: more than fit into the cache
// of a connection.
func manySessions(b *testing.B, db *Store) (ids []string) {
	const addMany = `
		WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 10000)
		INSERT INTO sessions SELECT 'SESSION' || (1000000000000000000 + i), user_id, 0, created, rotated, expires, NULL
		FROM n, sessions`
	logIn(b, db, addUser(b, db, "jin"))
	_, err := db.write.ExecContext(b.Context(), addMany)
	require.NoError(b, err)
	rows, err := db.read.QueryContext(b.Context(), "SELECT id FROM sessions")
	ids, err = collect(rows, err, scanID)
	require.NoError(b, err)
	return ids
}
