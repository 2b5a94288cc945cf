package store

import (
	"crypto/rand"
	"path/filepath"
	"strings"
	"testing"
	"time"

	accounts "example.com/authbook/04-signup-login"
	"example.com/authbook/final/internal/testdb"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// storedUsers draws users as a server may have stored them, in this release or
// in one before it.
func storedUsers() *rapid.Generator[accounts.User] {
	return rapid.Custom(func(t *rapid.T) accounts.User {
		name := rapid.OneOf(storedNames(), rapid.SampledFrom(namesOfOldReleases[:])).Draw(t, "name")
		key := strings.ToLower(name)
		if display, folded, err := accounts.NormalizeUsername(name); err == nil {
			name, key = display, folded
		}
		return accounts.User{
			ID: rand.Text(), Username: name, UsernameKey: key,
			Nickname:        rapid.OneOf(storedNicknames(), rapid.SampledFrom(nicknamesOfOldReleases[:])).Draw(t, "nickname"),
			PasswordHash:    rapid.SampledFrom(hashesOfAllReleases[:]).Draw(t, "hash"),
			PasswordVersion: rapid.Int64Range(0, 1_000_000).Draw(t, "version"),
			Roles:           rapid.SampledFrom([][]string{{"ADMIN"}, {"USER"}, {"ADMIN", "USER"}}).Draw(t, "roles"),
			Disabled:        rapid.Bool().Draw(t, "disabled"),
			// The clock of a machine can be wrong.
			Created: at(rapid.Int64Range(0, time.Now().AddDate(50, 0, 0).UnixMicro()).Draw(t, "created")),
		}
	})
}

func storedNames() *rapid.Generator[string] {
	letter := rapid.OneOf(rapid.SampledFrom([]rune("aZß09._-éİıΣσςǅ가힣漢字あｱＡאبक़ก̈ั ")), rapid.Rune())
	return rapid.StringOfN(letter, 1, 32, -1).Filter(func(name string) bool {
		_, _, err := accounts.NormalizeUsername(name)
		return err == nil
	})
}

func storedNicknames() *rapid.Generator[string] {
	letter := rapid.OneOf(rapid.SampledFrom([]rune("aZ09 é가漢♥🙂ﬁ©")), rapid.Rune())
	return rapid.Custom(func(t *rapid.T) string {
		stored, err := accounts.NormalizeNickname(rapid.StringOfN(letter, 1, 32, -1).Draw(t, "nickname"))
		if err != nil {
			t.Skip("sign-up refuses it")
		}
		return stored
	})
}

// What sign-up took before it refused joiners and blank letters.
var (
	namesOfOldReleases     = [...]string{"می\u200cخواهم", "क\u094d\u200dष", "JIN क\u094d\u200dष"}
	nicknamesOfOldReleases = [...]string{"می\u200cخواهم", "\u2800", "\u0301a"}
	hashesOfAllReleases    = [...]string{
		"$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
		"$argon2id$v=19$m=64,t=1,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAA",
	}
)

func TestCheckUser_takesWhateverAServerStored(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		want := storedUsers().Draw(t, "user")
		got, err := CheckUser(want)
		require.NoError(t, err)
		assert.Equal(t, want, got)
	})
}

// Two old names never get one key, and neither gets that of a name of today.
func TestCheckUser_keepsKeysApart(t *testing.T) {
	keys := map[string]string{}
	for _, name := range append(namesOfOldReleases[:], "میخواهم", "क\u094dष", "jin क\u094dष") {
		u := storedUsers().Example(0)
		u.Username = name
		u, err := CheckUser(u)
		require.NoError(t, err)
		assert.Empty(t, keys[u.UsernameKey], "%+q has the key of another", name)
		keys[u.UsernameKey] = name
	}
}

// Whatever servers of any release have stored comes back as it was.
func TestDB_Restore_ofEachOlderRelease(t *testing.T) {
	for n := range schema() {
		old := openSchema(t, testdb.SQLite(t), schema()[:n+1])
		seen := map[string]bool{}
		for seed := range 300 {
			u := storedUsers().Example(seed)
			if !seen[u.UsernameKey] {
				require.NoError(t, old.Create(t.Context(), u))
			}
			seen[u.UsernameKey] = true
		}
		want, err := old.All(t.Context())
		require.NoError(t, err)
		copied := filepath.Join(t.TempDir(), "copy")
		require.NoError(t, old.Backup(t.Context(), copied))

		db := openStore(t, testdb.SQLite(t))
		_, err = db.Restore(t.Context(), copied, filepath.Join(t.TempDir(), "aside"), nil)
		require.NoError(t, err)
		got, err := db.All(t.Context())
		require.NoError(t, err)
		assert.Equal(t, want, got)
	}
}

// No row of a copy, whatever SQLite holds in it, makes a user that CheckUser
// would refuse.
func FuzzCopiedUser(f *testing.F) {
	db := openStore(f, testdb.SQLite(f))
	u := addUser(f, db, "jin")
	set(f, db, "PRAGMA synchronous = off")
	f.Add(u.ID, "jin", "jin", "Jin", u.PasswordHash, "USER", int64(0), int64(0), int64(0), uint8(0))
	f.Add("x", "a/b\x1b[2J", "\x00", "\xff", "$argon2id$", "ROOT  ADMIN", int64(-1), int64(7), int64(-1), uint8(0xff))
	f.Fuzz(func(t *testing.T, id, name, key, nickname, hash, roles string, version, disabled, created int64, bytes uint8) {
		values := []any{id, name, key, nickname, hash, version, roles, disabled, created}
		for i := range values {
			if text, isText := values[i].(string); isText && bytes>>i&1 == 1 {
				values[i] = []byte(text)
			}
		}
		_, err := db.write.Exec("DELETE FROM users")
		require.NoError(t, err)
		_, err = db.write.Exec("INSERT INTO users ("+userColumns+") VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)", values...)
		require.NoError(t, err)
		for u, err := range db.copied(t.Context()) {
			if err != nil {
				assert.True(t, isBadUser(err), "%v", err)
				assert.NotContains(t, err.Error(), "\x1b")
				continue
			}
			again, err := CheckUser(u)
			require.NoError(t, err)
			assert.Equal(t, u, again)
			assert.Equal(t, id, u.ID)
			assert.Equal(t, nickname, u.Nickname)
		}
	})
}
