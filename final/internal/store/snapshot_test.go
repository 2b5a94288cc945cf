package store

import (
	"testing"

	tokens "example.com/authbook/03-token-scenarios"
	accounts "example.com/authbook/04-signup-login"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// Sign-up refuses control characters, but a name may come from elsewhere.
func TestSnapshot_namesMoveNoField(t *testing.T) {
	eachSQL(t, func(t *testing.T, databaseURL func(testing.TB) string) {
		db := openStore(t, databaseURL(t))
		u := accounts.User{
			ID: "ID", Username: "jin" + fieldEnd + "ho", UsernameKey: "jin", Nickname: fieldEnd + "ADMIN" + fieldEnd,
			PasswordHash: "hash", PasswordVersion: 7, Roles: []string{accounts.RoleUser},
		}
		require.NoError(t, db.Create(t.Context(), u))
		session, _, err := db.Open(t.Context(), "SID", u.ID, 7, tokens.Client{}, usual())
		require.NoError(t, err)
		snapshot, err := db.Load(t.Context(), "SID")
		require.NoError(t, err)
		assert.Equal(t, session, snapshot.Session)
		assert.Equal(t, u.Roles, snapshot.User.Roles)
		assert.Equal(t, int64(7), snapshot.User.PasswordVersion)
		assert.False(t, snapshot.User.Disabled)
	})
}

func TestSnapshot_refusesWhatItCantRead(t *testing.T) {
	rows := []struct{ name, text string }{
		{"too few fields of a session", "ID\x1fUID\x1f0\x1f0"},
		{"too few fields of a user", "ID\x1fUID\x1f0\x1f0\x1f0\x1f0\x1f0\x1f0\x1fUSER\x1f0\x1f0\x1fjin"},
		{"a flag that is none", "ID\x1fUID\x1f0\x1f0\x1f0\x1f0\x1f0\x1f0\x1fUSER\x1fwhat?\x1f0\x1fjin\x1fJin"},
		{"no number", "ID\x1fUID\x1f0\x1fsoon\x1f0\x1f0\x1f0\x1f0\x1fUSER\x1f0\x1f0\x1fjin\x1fJin"},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			_, err := scanSnapshot(text(row.text))
			assert.ErrorIs(t, err, errBadSnapshot)
		})
	}
	_, err := scanSnapshot(text("ID\x1fUID\x1f0\x1f0\x1f0\x1f0\x1f0\x1f0\x1fUSER\x1f0\x1f0\x1fjin\x1fJin"))
	assert.NoError(t, err)
}

// text is a row of one text.
type text string

func (row text) Scan(dest ...any) error {
	*dest[0].(*string) = string(row)
	return nil
}
