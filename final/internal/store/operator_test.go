package store

import (
	"testing"

	tokens "example.com/authbook/03-token-scenarios"
	accounts "example.com/authbook/04-signup-login"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// onSQL runs a test on an empty store of each SQL database.
func onSQL(t *testing.T, check func(t *testing.T, db *sqlStore)) {
	eachSQL(t, func(t *testing.T, databaseURL func(testing.TB) string) { check(t, openStore(t, databaseURL(t))) })
}

func TestUsers_All(t *testing.T) {
	onSQL(t, func(t *testing.T, db *sqlStore) {
		none, err := db.All(t.Context())
		require.NoError(t, err)
		assert.Empty(t, none)
		b, a := addUser(t, db, "b", accounts.RoleAdmin), addUser(t, db, "a")
		all, err := db.All(t.Context())
		require.NoError(t, err)
		assert.Equal(t, []accounts.User{a, b}, all)
	})
}

func TestUsers_DeleteByKey(t *testing.T) {
	onSQL(t, func(t *testing.T, db *sqlStore) {
		root := addUser(t, db, "root", accounts.RoleAdmin)
		s := logIn(t, db, addUser(t, db, "jin"))
		require.NoError(t, db.DeleteByKey(t.Context(), "jin"))
		_, err := db.ByKey(t.Context(), "jin")
		assert.ErrorIs(t, err, accounts.ErrNoUser)
		_, err = db.Load(t.Context(), s)
		assert.ErrorIs(t, err, tokens.ErrNoSession)
		var rows int
		require.NoError(t, db.read.QueryRowContext(t.Context(), "SELECT count(*) FROM sessions").Scan(&rows))
		assert.Zero(t, rows, "nothing of a deleted user stays")
		assert.ErrorIs(t, db.DeleteByKey(t.Context(), "jin"), accounts.ErrNoUser)
		assert.ErrorIs(t, db.DeleteByKey(t.Context(), "root"), accounts.ErrLastAdmin)
		assert.Equal(t, root, byKey(t, db, "root"))
	})
}

func TestUsers_Create_refusesWhatIsNotATakenName(t *testing.T) {
	onSQL(t, func(t *testing.T, db *sqlStore) {
		u := addUser(t, db, "jin")
		u.UsernameKey = "another"
		err := db.Create(t.Context(), u)
		require.Error(t, err, "two users must not have one id")
		assert.NotErrorIs(t, err, accounts.ErrUsernameTaken)

		for _, role := range []string{"", "USER ADMIN", " ADMIN", "A\tB"} {
			u := accounts.User{ID: "id of " + role, UsernameKey: role, Roles: []string{role}}
			assert.Error(t, db.Create(t.Context(), u), "role %q would come back as others", role)
			_, err := db.SetRoles(t.Context(), "jin", []string{role})
			assert.Error(t, err, "role %q", role)
		}
		assert.Equal(t, []string{accounts.RoleUser}, byKey(t, db, "jin").Roles)
	})
}

func TestUsers_SetRoles_sorts(t *testing.T) {
	onSQL(t, func(t *testing.T, db *sqlStore) {
		addUser(t, db, "jin")
		given := []string{accounts.RoleUser, accounts.RoleAdmin, accounts.RoleUser}
		after, err := db.SetRoles(t.Context(), "jin", given)
		require.NoError(t, err)
		assert.Equal(t, []string{accounts.RoleAdmin, accounts.RoleUser}, after.Roles)
		assert.Equal(t, []string{accounts.RoleUser, accounts.RoleAdmin, accounts.RoleUser}, given, "the caller's slice stays")
	})
}
