package store

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	accounts "example.com/authbook/04-signup-login"
	"example.com/authbook/final/internal/testdb"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// changedCopy returns a copy of the database after the statements of somebody
// who may do anything to it.
func changedCopy(t testing.TB, db *sqlStore, statements string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "copy.db")
	require.NoError(t, db.Backup(t.Context(), path))
	copied, err := openFile(path, 1, nil)
	require.NoError(t, err)
	_, err = copied.ExecContext(t.Context(), statements)
	require.NoError(t, err)
	require.NoError(t, copied.Close())
	return path
}

// schemaText changes what the copy says of its own tables.
func schemaText(from, to string) string {
	return "PRAGMA writable_schema = on; UPDATE sqlite_schema SET sql = replace(sql, '" + from + "', '" + to + "')"
}

func TestDB_Restore_believesNoSchema(t *testing.T) {
	db := openStore(t, testdb.SQLite(t))
	addUser(t, db, "root", accounts.RoleAdmin)
	jin := addUser(t, db, "jin")
	const endless = "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) "
	rows := []struct{ name, statements, want string }{
		{"a trigger", "CREATE TRIGGER t AFTER INSERT ON users BEGIN UPDATE users SET roles = 'ADMIN USER'; END", `has "t"`},
		{"a trigger with the name of a table",
			"CREATE TRIGGER users AFTER DELETE ON sessions BEGIN UPDATE users SET roles = 'ADMIN USER'; END", `has "users"`},
		{"a trigger of a name that a terminal obeys",
			"CREATE TRIGGER \"\x1b[2J\" AFTER INSERT ON users BEGIN SELECT 1; END", `has "\x1b[2J"`},
		{"a view", "CREATE VIEW v AS SELECT 1", `has "v"`},
		{"an endless view in the place of a table",
			"DROP TABLE users; CREATE VIEW users AS " + endless + "SELECT x AS id, x AS username FROM n", `has "users"`},
		{"an endless view in the place of the version",
			"DROP TABLE schema_info; CREATE VIEW schema_info AS " + endless + "SELECT max(x) AS version FROM n", "is no copy"},
		{"a table that only looks like one",
			"DROP TABLE users; CREATE VIRTUAL TABLE users USING fts5(id, username)", `has "users`},
		{"a column too many", "ALTER TABLE users ADD COLUMN more TEXT", `has "users"`},
		{"a column that is missing", "ALTER TABLE users DROP COLUMN nickname", `has "users"`},
		{"a column that is computed", "ALTER TABLE users ADD COLUMN more TEXT AS (username || nickname)", `has "users"`},
		{"columns in another order", schemaText("username_key     TEXT    NOT NULL UNIQUE,", "") + "; " +
			schemaText("nickname         TEXT    NOT NULL,", "nickname TEXT NOT NULL, username_key TEXT NOT NULL UNIQUE,"),
			`has "users"`},
		{"a column of another type", schemaText("created          BIGINT", "created          BLOB"), `has "`},
		{"a default that calls a function",
			schemaText("NOT NULL PRIMARY KEY", "NOT NULL DEFAULT (randomblob(9)) PRIMARY KEY"), `has "`},
		{"a constraint that is gone", schemaText("NOT NULL UNIQUE", "NOT NULL"), "malformed"},
		{"a schema that is nonsense, under a name that a terminal obeys",
			"PRAGMA writable_schema = on; " +
				"UPDATE sqlite_schema SET name = char(27) || '[2J', sql = 'no' WHERE name = 'sessions_user'", "malformed"},
		{"another condition of an index", "DROP INDEX users_admins; CREATE INDEX users_admins ON users (id) WHERE NOT disabled",
			`has "users_admins"`},
		{"an index that is computed", "CREATE INDEX i ON users (hex(zeroblob(1000)))", `has "i"`},
		{"an index that is missing", "DROP INDEX sessions_user", `lacks "sessions_user"`},
		{"a table that is missing", "DROP TABLE failures", `lacks "failures"`},
		{"a version that never was", "UPDATE schema_info SET version = 0", "is no copy"},
		{"a version that is text", "UPDATE schema_info SET version = 'new'", "is no copy"},
		{"no version", "DELETE FROM schema_info", "is no copy"},
		{"a database in use, whose last changes may be in another file", "PRAGMA journal_mode = wal", "final backup COPY"},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			refuses(t, db, changedCopy(t, db, row.statements), row.want)
			assert.Equal(t, jin, byKey(t, db, "jin"))
		})
	}
}

// refuses restores the copy, and wants an error of one line and no change, with
// and without rows that may be left out.
func refuses(t *testing.T, db *sqlStore, path, want string) {
	t.Helper()
	before, err := db.All(t.Context())
	require.NoError(t, err)
	for name, leaveOut := range map[string]func(error){"all": nil, "rest": func(error) {}} {
		aside := filepath.Join(t.TempDir(), name)
		_, err := db.Restore(t.Context(), path, aside, leaveOut)
		require.ErrorContains(t, err, want)
		assert.NotContains(t, err.Error(), "\n", "one line")
		assert.NotContains(t, err.Error(), "\x1b", "a terminal would obey it")
		assert.NoFileExists(t, aside)
	}
	after, err := db.All(t.Context())
	require.NoError(t, err)
	assert.Equal(t, before, after)
	for _, suffix := range []string{"-wal", "-shm", "-journal"} {
		assert.NoFileExists(t, path+suffix, "nothing is written beside the copy")
	}
}

// badRows are changes of one user, jin, and the reason for which the row is
// refused.
var badRows = [...]struct{ name, change, want string }{
	{"a hash that log-in cannot read", "password_hash = '12341234'", "hash of the password"},
	{"a hash that asks for more than the server spends",
		"password_hash = replace(password_hash, 'm=64', 'm=1000000')", "hash of the password"},
	{"an unknown role", "roles = 'ROOT'", "The roles are"},
	{"no role", "roles = ' '", "at least one role"},
	{"a name that sign-up refuses", "username = 'a/b'", "Use letters"},
	{"a name that a terminal obeys", "username = char(27) || '[2J'", `"\x1b[2J"`},
	{"a name that is too long", "username = '" + strings.Repeat("a", 33) + "'", "at most 32"},
	{"a name that is longer than a column", "username = '" + strings.Repeat("a", 5000) + "'", "too long"},
	{"a name of bytes", "username = x'6A696E'", "another type"},
	{"a nickname that is huge", "nickname = hex(zeroblob(5000000))", "too long"},
	{"a nickname of bytes", "nickname = zeroblob(9)", "another type"},
	{"a nickname of more than sign-up reads", "nickname = '" + strings.Repeat("n", 1025) + "'", "nickname is too long"},
	{"a nickname that is not UTF-8", "nickname = CAST(x'FF' AS TEXT)", "not UTF-8"},
	{"a nickname with a NUL", "nickname = 'a' || char(0)", "NUL"},
	{"an id that no token could carry", `id = '"'`, "the id"},
	{"an id of another length", "id = id || 'A'", "the id"},
	{"a version that nothing can be added to", "password_version = 9223372036854775807", "its version"},
	{"a version below zero", "password_version = -1", "its version"},
	{"a version that is text", "password_version = 'x'", "another type"},
	{"a version that is a fraction", "password_version = 1.5", "another type"},
	{"a switch that is text", "disabled = 'no'", "another type"},
	{"a time that is text", "created = 'yesterday'", "another type"},
	{"a time that JSON cannot hold", "created = 9000000000000000000", "time of sign-up"},
	{"the name of another user", "username = 'Mina'", "another user"},
}

func TestDB_Restore_checksEachRow(t *testing.T) {
	db, other := openStore(t, testdb.SQLite(t)), openStore(t, testdb.SQLite(t))
	addUser(t, db, "mina")
	jin := addUser(t, db, "jin")
	for _, row := range badRows {
		t.Run(row.name, func(t *testing.T) {
			path := changedCopy(t, db, "UPDATE users SET "+row.change+" WHERE username = 'jin'")
			aside := filepath.Join(t.TempDir(), "aside")
			_, err := db.Restore(t.Context(), path, aside, nil)
			require.ErrorContains(t, err, row.want)
			require.ErrorContains(t, err, `user "`, "the operator must find the row")
			assert.NotContains(t, err.Error(), "\x1b")
			assert.Less(t, len(err.Error()), 1000)
			assert.NoFileExists(t, aside)
			assert.Equal(t, jin, byKey(t, db, "jin"), "nothing has changed")

			var left []error
			n, err := other.Restore(t.Context(), path, aside, func(row error) { left = append(left, row) })
			require.NoError(t, err)
			assert.EqualValues(t, 1, n, "the rest is restored")
			require.Len(t, left, 1)
			assert.ErrorContains(t, left[0], row.want)
			users, err := other.All(t.Context())
			require.NoError(t, err)
			assert.Len(t, users, 1)
		})
	}
}

// Who signs up and who logs in is found by the key: it is never taken from a
// file.
func TestDB_Restore_takesTheKeyFromTheName(t *testing.T) {
	db := openStore(t, testdb.SQLite(t))
	jin, mina := addUser(t, db, "jin"), addUser(t, db, "mina")
	path := changedCopy(t, db, "UPDATE users SET username_key = 'root of ' || username")
	_, err := db.Restore(t.Context(), path, filepath.Join(t.TempDir(), "aside"), nil)
	require.NoError(t, err)
	assert.Equal(t, jin, byKey(t, db, "jin"))
	assert.Equal(t, mina, byKey(t, db, "mina"))
}

// A copy in which nobody is left must not empty the database.
func TestDB_Restore_leavesOutNotEverybody(t *testing.T) {
	db := openStore(t, testdb.SQLite(t))
	addUser(t, db, "jin")
	path := changedCopy(t, db, "UPDATE users SET roles = 'ROOT'")
	_, err := db.Restore(t.Context(), path, filepath.Join(t.TempDir(), "aside"), func(error) {})
	require.ErrorContains(t, err, "no user in it can be restored")
	byKey(t, db, "jin")
}

func TestDB_Restore_takesEverySchemaOfOurs(t *testing.T) {
	rows := []struct{ name, statements string }{
		{"with what an operator's ANALYZE leaves", "ANALYZE"},
		{"with the index of the first builds", "DROP INDEX users_admins; CREATE INDEX users_admins ON users (id) " +
			"WHERE NOT disabled AND (' ' || roles || ' ') LIKE '% ADMIN %'"},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			db := openStore(t, testdb.SQLite(t))
			jin := addUser(t, db, "jin")
			_, err := db.Restore(t.Context(), changedCopy(t, db, row.statements), filepath.Join(t.TempDir(), "aside"), nil)
			require.NoError(t, err)
			assert.Equal(t, jin, byKey(t, db, "jin"))
		})
	}
}

// A file that is cut off is refused. In one with a wrong byte, that byte may be
// one of a nickname; it costs nobody the account.
func TestDB_Restore_ofADamagedFile(t *testing.T) {
	db := openStore(t, testdb.SQLite(t))
	want := []accounts.User{addUser(t, db, "jin"), addUser(t, db, "mina")}
	whole, err := os.ReadFile(changedCopy(t, db, "SELECT 1"))
	require.NoError(t, err)
	path := filepath.Join(t.TempDir(), "damaged")
	for _, n := range []int{0, 1, 17, 28, 99, 100, 4095, 4096, len(whole) / 2, len(whole) - 4096, len(whole) - 1} {
		for name, damaged := range map[string][]byte{
			"cut off": whole[:n],
			"changed": append(append(append([]byte(nil), whole[:n]...), whole[n]^0xff), whole[n+1:]...),
		} {
			require.NoError(t, os.WriteFile(path, damaged, 0o600))
			_, err := db.Restore(t.Context(), path, filepath.Join(t.TempDir(), "aside"), nil)
			if err != nil {
				assert.NotContains(t, err.Error(), "\n", "one line")
			}
			if name == "cut off" {
				assert.Error(t, err, "cut off at %d", n)
			}
			users, err := db.All(t.Context())
			require.NoError(t, err)
			require.Len(t, users, len(want), "%s at %d", name, n)
		}
	}
}
