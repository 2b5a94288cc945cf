package store

import (
	"crypto/rand"
	"testing"
	"time"

	tokens "example.com/authbook/03-token-scenarios"
	accounts "example.com/authbook/04-signup-login"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func sessionBehaviours() []behaviour {
	return []behaviour{
		{"a new session loads with its user", aNewSessionLoadsWithItsUser},
		{"the absolute limit holds where it is the nearer one", theAbsoluteLimitHoldsWhereItIsTheNearerOne},
		{"no session opens for a user who changed since the password was checked", noSessionOpensAfterAChange},
		{"an unknown session is ErrNoSession", anUnknownSessionIsErrNoSession},
		{"a session shows its user as the user is now", aSessionShowsItsUserAsTheUserIsNow},
		{"rotating moves the session on", rotatingMovesTheSessionOn},
		{"rotating never passes the absolute limit", rotatingNeverPassesTheAbsoluteLimit},
		{"only the stored generation rotates", onlyTheStoredGenerationRotates},
		{"a session that is over does not rotate", aSessionThatIsOverDoesNotRotate},
		{"revoking ends one session", revokingEndsOneSession},
		{"revoking one's own ends no other", revokingOnesOwnEndsNoOther},
		{"revoking all spares the one named and other users", revokingAllSparesTheOneNamedAndOtherUsers},
		{"the list has the live sessions, the newest first", theListHasTheLiveSessionsTheNewestFirst},
		{"a log-in too many ends the session that was not used for longest", aLogInTooManyEndsTheOldest},
		{"cleaning removes only what is over for long enough", cleaningRemovesOnlyWhatIsOverForLongEnough},
		{"cleaning goes in steps", cleaningGoesInSteps},
	}
}

func aNewSessionLoadsWithItsUser(t *testing.T, db, other anyStore) {
	u := addUser(t, db, "JIN HO", accounts.RoleAdmin, accounts.RoleUser)
	from := tokens.Client{Device: "Firefox on Linux", Network: "192.0.2.0/24"}
	opened, _, err := db.Open(t.Context(), "session-1", u.ID, 0, from, usual())
	require.NoError(t, err)
	assert.Equal(t, tokens.Session{
		ID: "session-1", UserID: u.ID, Created: opened.Created, Rotated: opened.Created,
		Expires: opened.Created.Add(14 * day),
	}, opened)
	assert.WithinDuration(t, time.Now(), opened.Created, time.Minute)

	got := load(t, other, "session-1")
	assert.Equal(t, opened, got.Session, "every server sees the session that was opened")
	list, err := other.List(t.Context(), u.ID)
	require.NoError(t, err)
	assert.Equal(t, []tokens.Listed{{Session: opened, Client: from}}, list, "and the list says from where")
	assert.Equal(t, tokens.User{ID: u.ID, Username: "JIN HO", Nickname: u.Nickname, Roles: u.Roles}, got.User)
	assert.False(t, got.Now.Before(opened.Created), "the clock that loads is the clock that opened")
}

func theAbsoluteLimitHoldsWhereItIsTheNearerOne(t *testing.T, db, _ anyStore) {
	u := addUser(t, db, "jin")
	opened, _, err := db.Open(t.Context(), "s", u.ID, 0, tokens.Client{}, tokens.Limits{Idle: 2 * day, Absolute: day})
	require.NoError(t, err)
	assert.Equal(t, opened.Created.Add(day), opened.Expires)
}

func noSessionOpensAfterAChange(t *testing.T, db, _ anyStore) {
	changed, disabled, deleted := addUser(t, db, "changed"), addUser(t, db, "disabled"), addUser(t, db, "deleted")
	require.NoError(t, db.ChangePassword(t.Context(), changed.ID, 0, "new", accounts.Kept{}))
	require.NoError(t, db.SetDisabled(t.Context(), "disabled", true))
	require.NoError(t, db.Delete(t.Context(), deleted.ID, 0))
	for _, u := range []accounts.User{changed, disabled, deleted} {
		_, _, err := db.Open(t.Context(), "of-"+u.Username, u.ID, 0, tokens.Client{}, usual())
		assert.ErrorIs(t, err, tokens.ErrUserChanged, u.Username)
		_, err = db.Load(t.Context(), "of-"+u.Username)
		assert.ErrorIs(t, err, tokens.ErrNoSession, "a refused log-in must leave no session: %s", u.Username)
	}
}

func anUnknownSessionIsErrNoSession(t *testing.T, db, _ anyStore) {
	for _, id := range []string{"", "unknown", "a\x00b", "\xff"} {
		_, err := db.Load(t.Context(), id)
		assert.ErrorIs(t, err, tokens.ErrNoSession, "load %q", id)
		_, moved, err := db.Rotate(t.Context(), id, 0, usual())
		assert.ErrorIs(t, err, tokens.ErrNoSession, "rotate %q", id)
		assert.False(t, moved)
		assert.NoError(t, db.Revoke(t.Context(), id), "revoke %q", id)
	}
}

func aSessionShowsItsUserAsTheUserIsNow(t *testing.T, db, other anyStore) {
	u := addUser(t, db, "jin")
	s := logIn(t, db, u)
	_, err := db.SetRoles(t.Context(), "jin", []string{accounts.RoleAdmin, accounts.RoleUser})
	require.NoError(t, err)
	assert.True(t, load(t, other, s).User.HasRole(accounts.RoleAdmin), "a granted role counts from the next request")
	require.NoError(t, db.ChangePassword(t.Context(), u.ID, 0, "new", accounts.Kept{SessionID: s}))
	assert.EqualValues(t, 1, load(t, other, s).User.PasswordVersion)
	addUser(t, db, "other admin", accounts.RoleAdmin)
	require.NoError(t, db.SetDisabled(t.Context(), "jin", true))
	assert.True(t, load(t, other, s).User.Disabled, "a disabled user is out with the next request")
}

func rotatingMovesTheSessionOn(t *testing.T, db, other anyStore) {
	u := addUser(t, db, "jin", accounts.RoleAdmin)
	s := logIn(t, db, u)
	before := load(t, db, s).Session
	after, moved, err := db.Rotate(t.Context(), s, 0, tokens.Limits{Idle: day, Absolute: 30 * day})
	require.NoError(t, err)
	require.True(t, moved)
	assert.EqualValues(t, 1, after.Session.Generation)
	assert.True(t, after.Session.Rotated.After(before.Rotated))
	assert.Equal(t, after.Session.Rotated.Add(day), after.Session.Expires, "idle runs from the rotation")
	assert.Equal(t, before.Created, after.Session.Created)
	assert.Equal(t, after.Session.Rotated, after.Now)
	loaded := load(t, other, s)
	assert.Equal(t, after.Session, loaded.Session)
	assert.Equal(t, after.User, loaded.User)
}

func rotatingNeverPassesTheAbsoluteLimit(t *testing.T, db, _ anyStore) {
	s := logIn(t, db, addUser(t, db, "jin"))
	after, moved, err := db.Rotate(t.Context(), s, 0, tokens.Limits{Idle: 2 * day, Absolute: day})
	require.NoError(t, err)
	require.True(t, moved)
	assert.Equal(t, after.Session.Created.Add(day), after.Session.Expires, "absolute runs from the log-in")
}

func onlyTheStoredGenerationRotates(t *testing.T, db, _ anyStore) {
	s := logIn(t, db, addUser(t, db, "jin"))
	_, moved, err := db.Rotate(t.Context(), s, 0, usual())
	require.NoError(t, err)
	require.True(t, moved)
	for _, generation := range []int64{-1, 0, 2} {
		after, moved, err := db.Rotate(t.Context(), s, generation, usual())
		require.NoError(t, err)
		assert.False(t, moved, "generation %d", generation)
		assert.EqualValues(t, 1, after.Session.Generation, "the snapshot shows what is stored")
		assert.Equal(t, "jin", after.User.Username)
	}
}

func aSessionThatIsOverDoesNotRotate(t *testing.T, db, _ anyStore) {
	u := addUser(t, db, "jin")
	expired := logInWithin(t, db, u, over())
	revoked := logIn(t, db, u)
	require.NoError(t, db.Revoke(t.Context(), revoked))
	for name, id := range map[string]string{"expired": expired, "revoked": revoked} {
		after, moved, err := db.Rotate(t.Context(), id, 0, usual())
		require.NoError(t, err, name)
		assert.False(t, moved, name)
		assert.Zero(t, after.Session.Generation, name)
		assert.Equal(t, name == "revoked", after.Session.Revoked, name)
	}
}

func revokingEndsOneSession(t *testing.T, db, other anyStore) {
	u := addUser(t, db, "jin")
	s, second := logIn(t, db, u), logIn(t, db, u)
	require.NoError(t, db.Revoke(t.Context(), s))
	require.NoError(t, db.Revoke(t.Context(), s), "again is no error")
	assert.True(t, load(t, other, s).Session.Revoked)
	assert.False(t, load(t, other, second).Session.Revoked)
}

func revokingOnesOwnEndsNoOther(t *testing.T, db, other anyStore) {
	jin, mina := addUser(t, db, "jin"), addUser(t, db, "mina")
	s, second, minas := logIn(t, db, jin), logIn(t, db, jin), logIn(t, db, mina)
	expired := logInWithin(t, db, jin, over())
	for _, id := range []string{minas, expired, "unknown", "", "a\x00b", "\xff"} {
		assert.ErrorIs(t, db.RevokeOwn(t.Context(), jin.ID, id), tokens.ErrNoSession, "%q", id)
	}
	require.NoError(t, db.RevokeOwn(t.Context(), jin.ID, s))
	assert.ErrorIs(t, other.RevokeOwn(t.Context(), jin.ID, s), tokens.ErrNoSession, "it is over")
	assert.True(t, load(t, other, s).Session.Revoked)
	assert.False(t, load(t, other, second).Session.Revoked)
	assert.False(t, load(t, other, minas).Session.Revoked)
}

func revokingAllSparesTheOneNamedAndOtherUsers(t *testing.T, db, _ anyStore) {
	jin, mina := addUser(t, db, "jin"), addUser(t, db, "mina")
	kept, ended, others := logIn(t, db, jin), logIn(t, db, jin), logIn(t, db, mina)
	require.NoError(t, db.RevokeAll(t.Context(), jin.ID, kept))
	assert.False(t, load(t, db, kept).Session.Revoked)
	assert.True(t, load(t, db, ended).Session.Revoked)
	require.NoError(t, db.RevokeAll(t.Context(), jin.ID, ""))
	assert.True(t, load(t, db, kept).Session.Revoked, "no name spares none")
	assert.False(t, load(t, db, others).Session.Revoked)
}

func theListHasTheLiveSessionsTheNewestFirst(t *testing.T, db, _ anyStore) {
	jin := addUser(t, db, "jin")
	logIn(t, db, addUser(t, db, "mina"))
	logInWithin(t, db, jin, over())
	first, second, third := logIn(t, db, jin), logIn(t, db, jin), logIn(t, db, jin)
	require.NoError(t, db.Revoke(t.Context(), second))
	list, err := db.List(t.Context(), jin.ID)
	require.NoError(t, err)
	require.Len(t, list, 2, "neither the revoked, nor the expired, nor another user's")
	assert.Equal(t, load(t, db, third).Session, list[0].Session)
	assert.Equal(t, load(t, db, first).Session, list[1].Session)
	none, err := db.List(t.Context(), "nobody")
	require.NoError(t, err)
	assert.Empty(t, none)
}

func aLogInTooManyEndsTheOldest(t *testing.T, db, other anyStore) {
	jin, mina := addUser(t, db, "jin"), addUser(t, db, "mina")
	minas, used, idle := logIn(t, db, mina), logIn(t, db, jin), logIn(t, db, jin)
	logInWithin(t, db, jin, over()) // which takes no place
	for range tokens.MaxSessions - 2 {
		logIn(t, db, jin)
	}
	_, moved, err := db.Rotate(t.Context(), used, 0, usual())
	require.NoError(t, err)
	require.True(t, moved)
	assert.False(t, load(t, db, idle).Session.Revoked, "there is a place for each")

	newest := rand.Text()
	_, displaced, err := other.Open(t.Context(), newest, jin.ID, 0, tokens.Client{}, usual())
	require.NoError(t, err)
	assert.Equal(t, []string{idle}, displaced, "the audit log names it")
	assert.True(t, load(t, db, idle).Session.Revoked)
	assert.False(t, load(t, db, used).Session.Revoked, "the first log-in, but used since")
	assert.False(t, load(t, db, minas).Session.Revoked, "another user's")
	list, err := db.List(t.Context(), jin.ID)
	require.NoError(t, err)
	require.Len(t, list, tokens.MaxSessions)
	assert.Equal(t, newest, list[0].ID)
}

func cleaningRemovesOnlyWhatIsOverForLongEnough(t *testing.T, db, _ anyStore) {
	u := addUser(t, db, "jin")
	live, expired, revoked := logIn(t, db, u), logInWithin(t, db, u, over()), logIn(t, db, u)
	require.NoError(t, db.Revoke(t.Context(), revoked))

	deleted, err := db.DeleteExpired(t.Context(), 30*time.Minute, 10)
	require.NoError(t, err)
	assert.Equal(t, 1, deleted, "the one that ended an hour ago")
	_, err = db.Load(t.Context(), expired)
	assert.ErrorIs(t, err, tokens.ErrNoSession)
	load(t, db, revoked) // its access tokens may still live

	deleted, err = db.DeleteExpired(t.Context(), 0, 10)
	require.NoError(t, err)
	assert.Equal(t, 1, deleted)
	_, err = db.Load(t.Context(), revoked)
	assert.ErrorIs(t, err, tokens.ErrNoSession)
	load(t, db, live)
}

func cleaningGoesInSteps(t *testing.T, db, _ anyStore) {
	u := addUser(t, db, "jin")
	for range 3 {
		logInWithin(t, db, u, over())
	}
	for _, want := range []int{2, 1, 0} {
		deleted, err := db.DeleteExpired(t.Context(), 0, 2)
		require.NoError(t, err)
		assert.Equal(t, want, deleted)
	}
}
