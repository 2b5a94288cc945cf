package ops

import (
	"encoding/json"
	"strings"
	"testing"

	accounts "example.com/authbook/04-signup-login"
	"example.com/authbook/final/internal/store"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

const (
	exportHead = `{"format":"authbook users 1"}` + "\n"
	minaLine   = `{"user":{"id":"AAAAAAAAAAAAAAAAAAAAAAAAA2","username":"mina","nickname":"M","password_hash":` +
		`"$argon2id$v=19$m=64,t=1,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAA","password_version":0,` +
		`"roles":["USER"],"disabled":false,"created":"2026-01-02T03:04:05Z"}}` + "\n"
	exportTail = `{"users":1}` + "\n"
)

// readAll returns the users of an export up to the first error.
func readAll(text string) (users []accounts.User, remarks []string, err error) {
	for u, err := range readUsers(strings.NewReader(text), func(remark string) { remarks = append(remarks, remark) }) {
		if err != nil {
			return users, remarks, err
		}
		users = append(users, u)
	}
	return users, remarks, nil
}

func TestReadUsers_refusesWhatNoReleaseHasWritten(t *testing.T) {
	mina := func(old, with string) string {
		return exportHead + strings.Replace(minaLine, old, with, 1) + exportTail
	}
	rows := []struct{ name, text, want string }{
		{"a nickname of 10 MB", mina(`"M"`, `"`+strings.Repeat("n", 10<<20)+`"`), "line 2: it is longer than 65536 bytes"},
		{"a nickname of more than sign-up reads",
			mina(`"M"`, `"`+strings.Repeat("n", 1025)+`"`), `line 2: user "mina": the nickname is too long`},
		{"bytes that are not UTF-8", mina(`"M"`, "\"\xff\""), "line 2: it is not UTF-8"},
		{"a name that a terminal obeys", mina("mina", `\u001b[2J`), `user "\x1b[2J"`},
		{"a name of an old release, with which nobody can log in",
			mina("mina", "می\u200cخواهم"), `line 2: user "می\u200cخواهم": Use letters`},
		{"a member that a terminal obeys", mina(`"disabled"`, `"\u001b[2J"`), `\x1b[2J`},
		{"a member of a huge name", mina(`"disabled"`, `"`+strings.Repeat("m", 60000)+`"`), "unknown field"},
		{"a time that is none", mina("2026-01-02", "yesterday"), "line 2: "},
		{"two objects on a line",
			exportHead + strings.TrimSpace(minaLine) + minaLine + exportTail, "line 2: it holds more than one object"},
		{"nonsense behind an object",
			exportHead + strings.TrimSpace(minaLine) + "]\n" + exportTail, "line 2: it holds more than one object"},
		{"an array", exportHead + "[]\n" + exportTail, "line 2: "},
		{"a number of users that is none", exportHead + minaLine + `{"users":9999999999999999999}`, "line 3: "},
		{"nonsense after the last line", exportHead + minaLine + exportTail + "x", "goes on after its last line"},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			_, _, err := readAll(row.text)
			require.ErrorContains(t, err, row.want)
			assert.NotContains(t, err.Error(), "\x1b", "a terminal would obey it")
			assert.NotContains(t, err.Error(), "\n", "one line")
			assert.Less(t, len(err.Error()), 1000, "nobody reads more")
		})
	}
	// The rows above must fail for their own reasons.
	users, remarks, err := readAll(exportHead + "\r\n" + minaLine + exportTail + "\n \n")
	require.NoError(t, err)
	assert.Len(t, users, 1)
	assert.Empty(t, remarks)
}

// Whatever a file holds, what is read of it is fit for a database, and an export
// of it reads the same again.
func FuzzReadUsers(f *testing.F) {
	f.Add(exportHead + minaLine + exportTail)
	f.Add(exportHead + strings.Replace(minaLine, "mina", `می\u200cخواهم`, 1) + exportTail)
	f.Add(exportHead + strings.Replace(minaLine, `"M"`, `"\ud800\u0000"`, 1) + exportTail)
	f.Add(exportHead + minaLine[:50])
	f.Add(`{"format":"authbook users 1","users":0}` + "\n" + `{"users":0}`)
	f.Fuzz(func(t *testing.T, text string) {
		users, _, err := readAll(text)
		if err != nil {
			assert.NotContains(t, err.Error(), "\x1b")
			assert.Less(t, len(err.Error()), 1000)
		}
		for _, u := range users {
			again, err := store.CheckUser(u)
			require.NoError(t, err)
			require.Equal(t, u, again)
			line, err := json.Marshal(exportLine{User: exported(u)})
			require.NoError(t, err)
			read, _, err := readAll(exportHead + string(line) + "\n" + exportTail)
			require.NoError(t, err)
			require.Len(t, read, 1)
			require.True(t, u.Created.Equal(read[0].Created))
			read[0].Created = u.Created
			require.Equal(t, u, read[0])
		}
	})
}
