package ops

import (
	"bytes"
	"context"
	"crypto/rand"
	"database/sql"
	"io"
	"path/filepath"
	"testing"
	"time"

	accounts "example.com/authbook/04-signup-login"
	"example.com/authbook/final/internal/store"
	"example.com/authbook/final/internal/testkit"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// newDatabase makes a SQLite file with users of the names.
func newDatabase(t *testing.T, names ...string) (path string) {
	t.Helper()
	path = filepath.Join(t.TempDir(), "authbook.db")
	db, err := store.Open(t.Context(), path)
	require.NoError(t, err)
	for _, name := range names {
		require.NoError(t, store.NewUsers(db).Create(t.Context(), accounts.User{
			ID: rand.Text(), Username: name, UsernameKey: name, Nickname: "N", Roles: []string{accounts.RoleUser},
			Created:      time.Now(),
			PasswordHash: "$argon2id$v=19$m=64,t=1,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAA",
		}))
	}
	require.NoError(t, db.Close())
	return path
}

// change runs a statement on a SQLite file, as somebody else may.
func change(t *testing.T, path, statement string) {
	t.Helper()
	db, err := sql.Open("sqlite", path)
	require.NoError(t, err)
	defer db.Close()
	_, err = db.ExecContext(t.Context(), statement)
	require.NoError(t, err)
}

type command func(ctx context.Context, args []string, getenv func(string) string, stdout, stderr io.Writer) error

// runOn runs a command on the database and returns what it printed.
func runOn(t *testing.T, path string, run command, args ...string) (string, error) {
	t.Helper()
	var out bytes.Buffer
	err := run(t.Context(), args, testkit.Env(map[string]string{"DATABASE_URL": path}), &out, io.Discard)
	return out.String(), err
}

func TestRestore_leavesOutBadRowsIfAsked(t *testing.T) {
	path := newDatabase(t, "jin", "mina", "root")
	copied := filepath.Join(t.TempDir(), "copy.db")
	require.NoError(t,
		Backup(t.Context(), []string{copied}, testkit.Env(map[string]string{"DATABASE_URL": path}), io.Discard))
	change(t, copied, "UPDATE users SET roles = 'ROOT' WHERE username = 'root'")
	change(t, copied, "UPDATE users SET username = char(27) || '[2J' WHERE username = 'mina'")

	_, err := runOn(t, path, Restore, copied)
	require.ErrorContains(t, err, "nothing is restored")
	require.ErrorContains(t, err, "final restore --skip-bad-rows FILE restores the others")
	before, err := runOn(t, path, Admin, "list")
	require.NoError(t, err)
	assert.Contains(t, before, "mina")

	printed, err := runOn(t, path, Restore, "--skip-bad-rows", copied)
	require.NoError(t, err)
	assert.Contains(t, printed, "users restored: 1, as they were in the copy")
	assert.Regexp(t, `(?m)^left out: row [1-3]: user "root": The roles are`, printed)
	assert.Regexp(t, `(?m)^left out: row [1-3]: user "\\x1b\[2J": `, printed)
	assert.NotContains(t, printed, "\x1b")
	after, err := runOn(t, path, Admin, "list")
	require.NoError(t, err)
	assert.Contains(t, after, "jin")
	assert.NotContains(t, after, "mina")
	assert.NotContains(t, after, "root")
}

func TestRestore_takesOneFlagAndOneFile(t *testing.T) {
	path := newDatabase(t, "jin")
	for _, args := range [][]string{
		nil, {"--skip-bad-rows"}, {"--skip"}, {"copy", "--skip-bad-rows"}, {"--skip-bad-rows", "--help"}, {"a", "b"},
	} {
		_, err := runOn(t, path, Restore, args...)
		require.ErrorContains(t, err, "final restore FILE, or: final restore --skip-bad-rows FILE", "%q", args)
	}
}

// A database may have come from another program: what it holds is shown, and
// never sent to the terminal.
func TestAdmin_sendsNothingOfTheDatabaseToTheTerminal(t *testing.T) {
	path := newDatabase(t, "jin", "mina")
	change(t, path, "UPDATE users SET username = char(27) || '[2J' || char(0x202e), nickname = CAST(x'9B' AS TEXT), "+
		"roles = char(7) || 'ADMIN' WHERE username = 'jin'")
	change(t, path, "UPDATE users SET username_key = 'odd' WHERE username <> 'mina'")
	for _, args := range [][]string{
		{"list"}, {"grant", "odd"}, {"revoke", "odd"}, {"disable", "odd"}, {"enable", "odd"}, {"delete", "odd"},
	} {
		printed, err := runOn(t, path, Admin, args...)
		if err != nil {
			printed += err.Error()
		}
		assert.Contains(t, printed, `\x1b[2J\u202e`, "%q", args)
		for _, sent := range []string{"\x1b", "\a", "\x9b", "\u202e"} {
			assert.NotContains(t, printed, sent, "%q", args)
		}
	}
}
