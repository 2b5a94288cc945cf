package main

import (
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"example.com/authbook/final/internal/config"
	"example.com/authbook/final/internal/store"
	"example.com/authbook/final/internal/testdb"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// Users move from SQLite to PostgreSQL, or between two SQLite files where no
// PostgreSQL is at hand.
func TestTransfer_movesEveryUser(t *testing.T) {
	from := newServer(t, func(c *config.Config) { c.DatabaseURL = testdb.SQLite(t) })
	from.signUp()
	access, refresh := from.logIn()
	for _, name := range []string{"off", "김철수"} {
		require.Equal(t, http.StatusCreated,
			from.do("POST", "/signup", `{"username":"`+name+`","password":"12341234","nickname":"N"}`).status)
	}
	from.makeAdmin("jin ho")
	require.NoError(t, from.command("disable", "off"))
	path := filepath.Join(t.TempDir(), "users.jsonl")
	assert.Equal(t, path+": users exported, with their password hashes: 3; delete it when it is imported\n",
		from.output("export", path))

	to := newServer(t) // on PostgreSQL where the tests have one
	assert.Equal(t, "users imported: 3; everybody has to log in again\n", to.output("import", path))
	assert.Equal(t, from.output("list"), to.output("list"), "names, roles, states and dates are the same")
	assert.Equal(t, http.StatusUnauthorized, to.me(access), "sessions stay behind")
	assert.Equal(t, http.StatusUnauthorized, to.do("POST", "/refresh", "", cookie(refresh)).status)
	to.logIn()
	assert.Equal(t, http.StatusUnauthorized, to.do("POST", "/login", `{"username":"off","password":"12341234"}`).status)
	assert.Equal(t, http.StatusConflict,
		to.do("POST", "/signup", `{"username":"jin ho","password":"12341234","nickname":"N"}`).status)

	require.ErrorContains(t, to.command("import", path), "has users already", "a second import must change nothing")
	assert.Equal(t, from.output("list"), to.output("list"))
}

func TestExport_writesAPrivateNewFile(t *testing.T) {
	s := newServer(t)
	s.signUp()
	path := filepath.Join(t.TempDir(), "users.jsonl")
	require.NoError(t, s.command("export", path))
	info, err := os.Stat(path)
	require.NoError(t, err)
	assert.Equal(t, os.FileMode(0o600), info.Mode().Perm())
	require.ErrorContains(t, s.command("export", path), "exists", "an older export must not be lost")
	require.ErrorContains(t, s.command("export"), "final admin export FILE")
	t.Chdir(t.TempDir())
	require.ErrorContains(t, s.command("export", "--help"), "final admin export FILE")
	assert.NoFileExists(t, "--help", "who asks for help does not ask for a file of password hashes")

	empty := newServer(t)
	path = filepath.Join(t.TempDir(), "nobody.jsonl")
	require.ErrorContains(t, empty.command("export", path), "does DATABASE_URL name the right one?")
	assert.NoFileExists(t, path, "an export that failed leaves nothing that could be imported")
}

func TestImport_refuses(t *testing.T) {
	const first = `{"format":"authbook users 1"}` + "\n"
	user := func(changes ...string) string {
		return strings.NewReplacer(changes...).Replace(`{"user":{` +
			`"id":"AAAAAAAAAAAAAAAAAAAAAAAAA2","username":"mina","nickname":"M",` +
			`"password_hash":"$argon2id$v=19$m=64,t=1,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAA","password_version":0,` +
			`"roles":["USER"],"disabled":false,"created":"2026-01-02T03:04:05Z"}}` + "\n")
	}
	const last = `{"users":1}` + "\n"
	rows := []struct{ name, text, want string }{
		{"an empty file", "", "no export"},
		{"a file of another kind", "id,username\n1,mina\n", "no export"},
		{"an export of a later release", `{"format":"authbook users 2"}` + "\n" + user() + last, "no export of this release"},
		{"an export without its last line", first + user(), "line 3: the file is cut off here"},
		{"an export that ends in a line", first + user()[:50], "line 2: the file is cut off here"},
		{"a line that is missing", first + last, "line 2: the file has 0 users"},
		{"a line too many", first + user() + last + user(), "goes on after its last line"},
		{"a member that it does not know", first + user(`"disabled"`, `"banned"`) + last, "banned"},
		{"a name that sign-up refuses", first + user("mina", "a/b") + last, `line 2: user "a/b"`},
		{"a nickname that not every database can hold", first + user(`"M"`, `"a\u0000b"`) + last, "NUL"},
		{"an unknown role", first + user("USER", "ROOT") + last, `user "mina": The roles are`},
		{"a password that is not hashed", first + user("$argon2id$v=19$m=64,t=1,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAA", "12341234") + last, "hash"},
		{"a hash that log-in could not read", first + user("$argon2id$v=19$m=64,t=1,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAA", "$argon2id$junk") + last, "hash"},
		{"a hash that asks for more than the server spends", first + user("m=64,", "m=1000000,") + last, "hash"},
		{"an id that no token could carry", first + user("A2", `\"`) + last, "the id"},
		{"an id of another length", first + user("A2", "A22") + last, "the id"},
		{"a password's version that nothing can be added to", first + user(`"password_version":0`, `"password_version":9223372036854775807`) + last, "its version"},
		{"a name that comes twice", first + user() + user("A2", "A3", "mina", "MINA") + `{"users":2}`, "MINA"},
	}
	s := newServer(t)
	path := filepath.Join(t.TempDir(), "users.jsonl")
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			require.NoError(t, os.WriteFile(path, []byte(row.text), 0o600))
			err := s.command("import", path)
			require.ErrorContains(t, err, row.want)
			assert.NotContains(t, err.Error(), "12341234", "an error is logged, and a password must not be")
			users, err := store.NewUsers(s.db).All(t.Context())
			require.NoError(t, err)
			assert.Empty(t, users, "it is all of them or nobody")
		})
	}
	odd := first + user() + user("A2", "A3", "mina", "odd", `"M"`, `"Zero\u200bWidth"`) + `{"users":2}`
	require.NoError(t, os.WriteFile(path, []byte(odd), 0o600))
	printed := s.output("import", path) // the rows above must fail for their own reasons
	assert.Regexp(t, `^users imported: 2; everybody has to log in again\n`+
		`user "odd": the nickname stays as it is, though sign-up would refuse it today: .+\n$`, printed)
	users, err := store.NewUsers(s.db).All(t.Context())
	require.NoError(t, err)
	require.Len(t, users, 2)
	assert.Equal(t, "Zero\u200bWidth", users[1].Nickname, "nothing of anybody is lost")
	assert.Contains(t, s.output("list"), `  "Zero\u200bWidth"  `, "and the operator sees what it is")
}
