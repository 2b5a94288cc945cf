package store

import (
	"testing"

	tokens "example.com/authbook/03-token-scenarios"
	accounts "example.com/authbook/04-signup-login"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func userBehaviours() []behaviour {
	return []behaviour{
		{"a new user is found by name and by id", aNewUserIsFoundByNameAndById},
		{"a taken name is refused and its owner stays", aTakenNameIsRefusedAndItsOwnerStays},
		{"an unknown user is ErrNoUser", anUnknownUserIsErrNoUser},
		{"a rehash keeps the password's version and the sessions", aRehashKeepsThePasswordsVersionAndTheSessions},
		{"a password change ends every session but the one kept", aPasswordChangeEndsEverySessionButTheOneKept},
		{"a password change renews the session kept", aPasswordChangeRenewsTheSessionKept},
		{"a stale password version changes nothing", aStalePasswordVersionChangesNothing},
		{"deleting takes the sessions along and frees the name", deletingTakesTheSessionsAlongAndFreesTheName},
	}
}

func aNewUserIsFoundByNameAndById(t *testing.T, db, other anyStore) {
	u := addUser(t, db, "JIN HO", accounts.RoleAdmin, accounts.RoleUser)
	assert.Equal(t, u, byKey(t, other, "jin ho"))
	found, err := other.ByID(t.Context(), u.ID)
	require.NoError(t, err)
	assert.Equal(t, u, found)
}

func aTakenNameIsRefusedAndItsOwnerStays(t *testing.T, db, _ anyStore) {
	first := addUser(t, db, "JIN HO")
	second := first
	second.ID, second.Username, second.PasswordHash = "second", "Jin Ho", "another"
	assert.ErrorIs(t, db.Create(t.Context(), second), accounts.ErrUsernameTaken)
	assert.Equal(t, first, byKey(t, db, "jin ho"))
	_, err := db.ByID(t.Context(), "second")
	assert.ErrorIs(t, err, accounts.ErrNoUser)
}

func anUnknownUserIsErrNoUser(t *testing.T, db, _ anyStore) {
	addUser(t, db, "jin")
	for _, name := range []string{"", "nobody", "jin\x00", "\xff", "JIN"} {
		_, err := db.ByKey(t.Context(), name)
		assert.ErrorIs(t, err, accounts.ErrNoUser, "by key %q", name)
		_, err = db.ByID(t.Context(), name)
		assert.ErrorIs(t, err, accounts.ErrNoUser, "by id %q", name)
		_, err = db.SetRoles(t.Context(), name, []string{accounts.RoleUser})
		assert.ErrorIs(t, err, accounts.ErrNoUser, "set roles of %q", name)
		assert.ErrorIs(t, db.SetDisabled(t.Context(), name, true), accounts.ErrNoUser, "disable %q", name)
		assert.ErrorIs(t, db.SetDisabled(t.Context(), name, false), accounts.ErrNoUser, "enable %q", name)
	}
	assert.ErrorIs(t, db.Rehash(t.Context(), "nobody", 0, "x"), accounts.ErrNoUser)
	assert.ErrorIs(t, db.ChangePassword(t.Context(), "nobody", 0, "x", accounts.Kept{}), accounts.ErrNoUser)
	assert.ErrorIs(t, db.Delete(t.Context(), "nobody", 0), accounts.ErrNoUser)
}

func aRehashKeepsThePasswordsVersionAndTheSessions(t *testing.T, db, _ anyStore) {
	u := addUser(t, db, "jin")
	s := logIn(t, db, u)
	require.NoError(t, db.Rehash(t.Context(), u.ID, 0, "stronger"))
	u.PasswordHash = "stronger"
	assert.Equal(t, u, byKey(t, db, "jin"))
	assert.False(t, load(t, db, s).Session.Revoked)
}

func aPasswordChangeEndsEverySessionButTheOneKept(t *testing.T, db, _ anyStore) {
	jin, mina := addUser(t, db, "jin"), addUser(t, db, "mina")
	kept, ended, others := logIn(t, db, jin), logIn(t, db, jin), logIn(t, db, mina)
	require.NoError(t, db.ChangePassword(t.Context(), jin.ID, 0, "new", accounts.Kept{SessionID: kept}))
	after := byKey(t, db, "jin")
	assert.Equal(t, "new", after.PasswordHash)
	assert.EqualValues(t, 1, after.PasswordVersion)
	assert.False(t, load(t, db, kept).Session.Revoked)
	assert.True(t, load(t, db, ended).Session.Revoked, "whoever knew the old password must be out")
	assert.False(t, load(t, db, others).Session.Revoked)
	assert.Equal(t, mina, byKey(t, db, "mina"))
	require.NoError(t, db.ChangePassword(t.Context(), jin.ID, 1, "newer", accounts.Kept{}))
	assert.True(t, load(t, db, kept).Session.Revoked, "empty keeps none")
}

func aPasswordChangeRenewsTheSessionKept(t *testing.T, db, other anyStore) {
	jin := addUser(t, db, "jin")
	kept, ended := logIn(t, db, jin), logIn(t, db, jin)
	before := load(t, db, kept).Session
	renew := accounts.Kept{SessionID: kept, Renew: true}
	assert.ErrorIs(t, db.ChangePassword(t.Context(), jin.ID, 1, "new", renew), accounts.ErrPasswordChanged)
	assert.Equal(t, before, load(t, other, kept).Session, "a refused change renews nothing")

	require.NoError(t, db.ChangePassword(t.Context(), jin.ID, 0, "new", renew))
	after := load(t, other, kept).Session
	assert.EqualValues(t, tokens.RenewBy, after.Generation)
	assert.True(t, after.Rotated.After(before.Rotated))
	assert.False(t, after.Revoked)
	assert.Equal(t, before.Expires, after.Expires, "that takes a refresh")
	_, moved, err := db.Rotate(t.Context(), kept, 0, usual())
	require.NoError(t, err)
	assert.False(t, moved, "the token before is over")
	_, moved, err = db.Rotate(t.Context(), kept, tokens.RenewBy, usual())
	require.NoError(t, err)
	assert.True(t, moved, "the next one works")
	assert.True(t, load(t, other, ended).Session.Revoked)

	require.NoError(t, db.ChangePassword(t.Context(), jin.ID, 1, "newer", accounts.Kept{SessionID: ended, Renew: true}))
	assert.Zero(t, load(t, other, ended).Session.Generation, "a session that is over stays as it was")
}

func aStalePasswordVersionChangesNothing(t *testing.T, db, _ anyStore) {
	u := addUser(t, db, "jin")
	require.NoError(t, db.ChangePassword(t.Context(), u.ID, 0, "second", accounts.Kept{}))
	u = byKey(t, db, "jin")
	s := logIn(t, db, u)
	assert.ErrorIs(t, db.Rehash(t.Context(), u.ID, 0, "x"), accounts.ErrPasswordChanged)
	assert.ErrorIs(t, db.ChangePassword(t.Context(), u.ID, 0, "x", accounts.Kept{}), accounts.ErrPasswordChanged)
	assert.ErrorIs(t, db.Delete(t.Context(), u.ID, 0), accounts.ErrPasswordChanged)
	assert.Equal(t, u, byKey(t, db, "jin"))
	assert.False(t, load(t, db, s).Session.Revoked)
}

func deletingTakesTheSessionsAlongAndFreesTheName(t *testing.T, db, other anyStore) {
	u := addUser(t, db, "jin")
	s := logIn(t, db, u)
	bystander := logIn(t, db, addUser(t, db, "mina"))
	require.NoError(t, db.Delete(t.Context(), u.ID, 0))
	_, err := other.ByKey(t.Context(), "jin")
	assert.ErrorIs(t, err, accounts.ErrNoUser)
	_, err = other.Load(t.Context(), s)
	assert.ErrorIs(t, err, tokens.ErrNoSession)
	_, _, err = other.Rotate(t.Context(), s, 0, usual())
	assert.ErrorIs(t, err, tokens.ErrNoSession)
	addUser(t, db, "jin")
	assert.False(t, load(t, db, bystander).Session.Revoked)
}
