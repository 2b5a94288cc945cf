package store

import (
	"testing"

	accounts "example.com/authbook/04-signup-login"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func adminBehaviours() []behaviour {
	return []behaviour{
		{"setting roles replaces them", settingRolesReplacesThem},
		{"a user may have no role", aUserMayHaveNoRole},
		{"the last administrator stays one", theLastAdministratorStaysOne},
		{"the last administrator may keep the role and drop others", theLastAdministratorMayKeepTheRoleAndDropOthers},
		{"a disabled administrator does not count", aDisabledAdministratorDoesNotCount},
		{"a role that looks like the administrator's does not count", aRoleThatLooksLikeTheAdministratorsDoesNotCount},
		{"where there is no administrator, users can still change", whereThereIsNoAdministratorUsersCanStillChange},
		{"disabling ends the sessions for good", disablingEndsTheSessionsForGood},
		{"disabling raises the password's version for good", disablingRaisesThePasswordsVersionForGood},
	}
}

func settingRolesReplacesThem(t *testing.T, db, other anyStore) {
	admin := []string{accounts.RoleAdmin}
	both := []string{accounts.RoleAdmin, accounts.RoleUser}
	u := addUser(t, db, "jin")
	for _, roles := range [][]string{both, admin} {
		after, err := db.SetRoles(t.Context(), "jin", roles)
		require.NoError(t, err)
		u.Roles = roles
		assert.Equal(t, u, after)
		assert.Equal(t, u, byKey(t, other, "jin"), "the answer alone proves nothing")
	}
}

func aUserMayHaveNoRole(t *testing.T, db, _ anyStore) {
	addUser(t, db, "jin")
	after, err := db.SetRoles(t.Context(), "jin", nil)
	require.NoError(t, err)
	assert.Empty(t, after.Roles)
	assert.Empty(t, byKey(t, db, "jin").Roles)
}

func theLastAdministratorStaysOne(t *testing.T, db, _ anyStore) {
	both := []string{accounts.RoleAdmin, accounts.RoleUser}
	user := []string{accounts.RoleUser}
	last := addUser(t, db, "root", both...)
	addUser(t, db, "jin")
	s := logIn(t, db, last)
	_, err := db.SetRoles(t.Context(), "root", user)
	assert.ErrorIs(t, err, accounts.ErrLastAdmin, "set roles")
	assert.ErrorIs(t, db.SetDisabled(t.Context(), "root", true), accounts.ErrLastAdmin, "disable")
	assert.ErrorIs(t, db.Delete(t.Context(), last.ID, 0), accounts.ErrLastAdmin, "delete")
	assert.Equal(t, last, byKey(t, db, "root"))
	assert.False(t, load(t, db, s).Session.Revoked, "a refused change must end no session")
}

func theLastAdministratorMayKeepTheRoleAndDropOthers(t *testing.T, db, _ anyStore) {
	admin := []string{accounts.RoleAdmin}
	both := []string{accounts.RoleAdmin, accounts.RoleUser}
	addUser(t, db, "root", both...)
	after, err := db.SetRoles(t.Context(), "root", admin)
	require.NoError(t, err)
	assert.Equal(t, admin, after.Roles)
}

func aDisabledAdministratorDoesNotCount(t *testing.T, db, _ anyStore) {
	admin := []string{accounts.RoleAdmin}
	user := []string{accounts.RoleUser}
	addUser(t, db, "root", admin...)
	addUser(t, db, "second", admin...)
	require.NoError(t, db.SetDisabled(t.Context(), "second", true), "one is left")
	_, err := db.SetRoles(t.Context(), "root", user)
	assert.ErrorIs(t, err, accounts.ErrLastAdmin)
	_, err = db.SetRoles(t.Context(), "second", user)
	require.NoError(t, err, "a disabled one takes nothing away")
	require.NoError(t, db.SetDisabled(t.Context(), "second", false))
	_, err = db.SetRoles(t.Context(), "second", admin)
	require.NoError(t, err)
	_, err = db.SetRoles(t.Context(), "root", user)
	assert.NoError(t, err, "an enabled one is left")
}

func aRoleThatLooksLikeTheAdministratorsDoesNotCount(t *testing.T, db, _ anyStore) {
	admin := []string{accounts.RoleAdmin}
	user := []string{accounts.RoleUser}
	addUser(t, db, "root", admin...)
	addUser(t, db, "jin", "ADMINISTRATOR", "SUPERADMIN", "admin")
	_, err := db.SetRoles(t.Context(), "root", user)
	assert.ErrorIs(t, err, accounts.ErrLastAdmin)
}

func whereThereIsNoAdministratorUsersCanStillChange(t *testing.T, db, _ anyStore) {
	user := []string{accounts.RoleUser}
	u := addUser(t, db, "jin")
	_, err := db.SetRoles(t.Context(), "jin", user)
	assert.NoError(t, err)
	assert.NoError(t, db.SetDisabled(t.Context(), "jin", true))
	assert.NoError(t, db.Delete(t.Context(), u.ID, u.PasswordVersion+1), "disabling has raised it")
}

func disablingEndsTheSessionsForGood(t *testing.T, db, _ anyStore) {
	u := addUser(t, db, "jin")
	s := logIn(t, db, u)
	bystander := logIn(t, db, addUser(t, db, "mina"))
	require.NoError(t, db.SetDisabled(t.Context(), "jin", true))
	assert.True(t, byKey(t, db, "jin").Disabled)
	require.NoError(t, db.SetDisabled(t.Context(), "jin", false))
	u.PasswordVersion++
	assert.Equal(t, u, byKey(t, db, "jin"))
	assert.True(t, load(t, db, s).Session.Revoked, "enabling brings no session back")
	assert.False(t, load(t, db, bystander).Session.Revoked)
	logIn(t, db, u)
}

func disablingRaisesThePasswordsVersionForGood(t *testing.T, db, other anyStore) {
	addUser(t, db, "jin")
	addUser(t, db, "mina")
	for _, disabled := range []bool{true, false} {
		require.NoError(t, db.SetDisabled(t.Context(), "jin", disabled))
		assert.EqualValues(t, 1, byKey(t, other, "jin").PasswordVersion, "disabled: %v", disabled)
	}
	assert.Zero(t, byKey(t, other, "mina").PasswordVersion)
}
