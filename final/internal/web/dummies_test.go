package web

import (
	"io"
	"log/slog"
	"testing"

	accounts "example.com/authbook/04-signup-login"
	"example.com/authbook/final/internal/config"
	"example.com/authbook/final/internal/logs"
	"example.com/authbook/final/internal/store"
	"example.com/authbook/final/internal/testdb"
	"example.com/authbook/final/internal/testkit"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// While most hashes are of an older cost, a name that does not exist must take as long
// as they do.
func TestFollowHashes(t *testing.T) {
	older := accounts.Argon2id{MemoryKiB: 128, Passes: 2, Threads: 1}
	db, err := store.Open(t.Context(), testdb.SQLite(t))
	require.NoError(t, err)
	t.Cleanup(func() { assert.NoError(t, db.Close()) })
	c := config.Config{RatePerSecond: 1, Hasher: testkit.Hasher()}
	log := slog.New(slog.DiscardHandler)
	trail := logs.NewTrail(io.Discard, log)
	t.Cleanup(trail.Close)
	a, err := New(c, Site{Secret: []byte(testkit.Secret)}, db, log, trail)
	require.NoError(t, err)

	require.NoError(t, a.FollowHashes(t.Context()))
	assert.Equal(t, testkit.Hasher().Dummy(), a.dummies.Dummy(), "nobody is there")

	require.NoError(t, store.NewUsers(db).Create(t.Context(), accounts.User{
		ID: "ID", Username: "jin", UsernameKey: "jin", PasswordHash: older.Hash("12341234"), Roles: []string{accounts.RoleUser},
	}))
	require.NoError(t, a.FollowHashes(t.Context()))
	assert.Equal(t, older.Dummy(), a.dummies.Dummy())
	assert.True(t, a.dummies.Outdated(older.Dummy()), "hashes are still renewed")
}
