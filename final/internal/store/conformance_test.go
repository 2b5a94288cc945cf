package store

import (
	"crypto/rand"
	"errors"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	tokens "example.com/authbook/03-token-scenarios"
	accounts "example.com/authbook/04-signup-login"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

const day = 24 * time.Hour

// usual are the limits that production has.
func usual() tokens.Limits { return tokens.Limits{Idle: 14 * day, Absolute: 30 * day} }

// over are limits that have a session end an hour before it began.
func over() tokens.Limits { return tokens.Limits{Idle: -time.Hour, Absolute: -time.Hour} }

// addUser creates a user of that name with the roles, or USER if none is given.
func addUser(t testing.TB, db accounts.Store, name string, roles ...string) accounts.User {
	t.Helper()
	if len(roles) == 0 {
		roles = []string{accounts.RoleUser}
	}
	u := accounts.User{
		ID: rand.Text(), Username: name, UsernameKey: strings.ToLower(name), Nickname: "Mentos of " + name,
		PasswordHash: "$argon2id$v=19$m=64,t=1,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAA", Roles: roles, Created: time.Now().UTC().Truncate(time.Microsecond),
	}
	require.NoError(t, db.Create(t.Context(), u))
	return u
}

// logIn opens a session for the user, and fails unless it loads.
func logIn(t testing.TB, db tokens.Store, u accounts.User) string {
	t.Helper()
	return logInWithin(t, db, u, usual())
}

func logInWithin(t testing.TB, db tokens.Store, u accounts.User, limits tokens.Limits) string {
	t.Helper()
	id := rand.Text()
	_, err := db.Open(t.Context(), id, u.ID, u.PasswordVersion, limits)
	require.NoError(t, err)
	load(t, db, id)
	return id
}

func load(t testing.TB, db tokens.Store, id string) tokens.Snapshot {
	t.Helper()
	snapshot, err := db.Load(t.Context(), id)
	require.NoError(t, err, "the session should be there")
	return snapshot
}

func byKey(t testing.TB, db accounts.Store, key string) accounts.User {
	t.Helper()
	u, err := db.ByKey(t.Context(), key)
	require.NoError(t, err, "the user should be there")
	return u
}

func TestConformance(t *testing.T) {
	runOn(t, slices.Concat(sessionBehaviours(), userBehaviours(), adminBehaviours(), failureBehaviours(), raceBehaviours()))
}

func sessionBehaviours() []behaviour {
	return []behaviour{
		{"a new session loads with its user", func(t *testing.T, db, other anyStore) {
			u := addUser(t, db, "JIN HO", accounts.RoleAdmin, accounts.RoleUser)
			opened, err := db.Open(t.Context(), "session-1", u.ID, 0, usual())
			require.NoError(t, err)
			assert.Equal(t, tokens.Session{
				ID: "session-1", UserID: u.ID, Created: opened.Created, Rotated: opened.Created,
				Expires: opened.Created.Add(14 * day),
			}, opened)
			assert.WithinDuration(t, time.Now(), opened.Created, time.Minute)

			got := load(t, other, "session-1")
			assert.Equal(t, opened, got.Session, "every server sees the session that was opened")
			assert.Equal(t, tokens.User{ID: u.ID, Username: "JIN HO", Nickname: u.Nickname, Roles: u.Roles}, got.User)
			assert.False(t, got.Now.Before(opened.Created), "the clock that loads is the clock that opened")
		}},
		{"the absolute limit holds where it is the nearer one", func(t *testing.T, db, _ anyStore) {
			u := addUser(t, db, "jin")
			opened, err := db.Open(t.Context(), "s", u.ID, 0, tokens.Limits{Idle: 2 * day, Absolute: day})
			require.NoError(t, err)
			assert.Equal(t, opened.Created.Add(day), opened.Expires)
		}},
		{"no session opens for a user who changed since the password was checked", func(t *testing.T, db, _ anyStore) {
			changed, disabled, deleted := addUser(t, db, "changed"), addUser(t, db, "disabled"), addUser(t, db, "deleted")
			require.NoError(t, db.ChangePassword(t.Context(), changed.ID, 0, "new", ""))
			require.NoError(t, db.SetDisabled(t.Context(), "disabled", true))
			require.NoError(t, db.Delete(t.Context(), deleted.ID, 0))
			for _, u := range []accounts.User{changed, disabled, deleted} {
				_, err := db.Open(t.Context(), "of-"+u.Username, u.ID, 0, usual())
				assert.ErrorIs(t, err, tokens.ErrUserChanged, u.Username)
				_, err = db.Load(t.Context(), "of-"+u.Username)
				assert.ErrorIs(t, err, tokens.ErrNoSession, "a refused log-in must leave no session: %s", u.Username)
			}
		}},
		{"an unknown session is ErrNoSession", func(t *testing.T, db, _ anyStore) {
			for _, id := range []string{"", "unknown", "a\x00b", "\xff"} {
				_, err := db.Load(t.Context(), id)
				assert.ErrorIs(t, err, tokens.ErrNoSession, "load %q", id)
				_, moved, err := db.Rotate(t.Context(), id, 0, usual())
				assert.ErrorIs(t, err, tokens.ErrNoSession, "rotate %q", id)
				assert.False(t, moved)
				assert.NoError(t, db.Revoke(t.Context(), id), "revoke %q", id)
			}
		}},
		{"a session shows its user as the user is now", func(t *testing.T, db, other anyStore) {
			u := addUser(t, db, "jin")
			s := logIn(t, db, u)
			_, err := db.SetRoles(t.Context(), "jin", []string{accounts.RoleAdmin, accounts.RoleUser})
			require.NoError(t, err)
			assert.True(t, load(t, other, s).User.HasRole(accounts.RoleAdmin), "a granted role counts from the next request")
			require.NoError(t, db.ChangePassword(t.Context(), u.ID, 0, "new", s))
			assert.EqualValues(t, 1, load(t, other, s).User.PasswordVersion)
			addUser(t, db, "other admin", accounts.RoleAdmin)
			require.NoError(t, db.SetDisabled(t.Context(), "jin", true))
			assert.True(t, load(t, other, s).User.Disabled, "a disabled user is out with the next request")
		}},
		{"rotating moves the session on", func(t *testing.T, db, other anyStore) {
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
		}},
		{"rotating never passes the absolute limit", func(t *testing.T, db, _ anyStore) {
			s := logIn(t, db, addUser(t, db, "jin"))
			after, moved, err := db.Rotate(t.Context(), s, 0, tokens.Limits{Idle: 2 * day, Absolute: day})
			require.NoError(t, err)
			require.True(t, moved)
			assert.Equal(t, after.Session.Created.Add(day), after.Session.Expires, "absolute runs from the log-in")
		}},
		{"only the stored generation rotates", func(t *testing.T, db, _ anyStore) {
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
		}},
		{"a session that is over does not rotate", func(t *testing.T, db, _ anyStore) {
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
		}},
		{"revoking ends one session", func(t *testing.T, db, other anyStore) {
			u := addUser(t, db, "jin")
			s, second := logIn(t, db, u), logIn(t, db, u)
			require.NoError(t, db.Revoke(t.Context(), s))
			require.NoError(t, db.Revoke(t.Context(), s), "again is no error")
			assert.True(t, load(t, other, s).Session.Revoked)
			assert.False(t, load(t, other, second).Session.Revoked)
		}},
		{"revoking all spares the one named and other users", func(t *testing.T, db, _ anyStore) {
			jin, mina := addUser(t, db, "jin"), addUser(t, db, "mina")
			kept, ended, others := logIn(t, db, jin), logIn(t, db, jin), logIn(t, db, mina)
			require.NoError(t, db.RevokeAll(t.Context(), jin.ID, kept))
			assert.False(t, load(t, db, kept).Session.Revoked)
			assert.True(t, load(t, db, ended).Session.Revoked)
			require.NoError(t, db.RevokeAll(t.Context(), jin.ID, ""))
			assert.True(t, load(t, db, kept).Session.Revoked, "no name spares none")
			assert.False(t, load(t, db, others).Session.Revoked)
		}},
		{"the list has the live sessions, the newest first", func(t *testing.T, db, _ anyStore) {
			jin := addUser(t, db, "jin")
			logIn(t, db, addUser(t, db, "mina"))
			logInWithin(t, db, jin, over())
			first, second, third := logIn(t, db, jin), logIn(t, db, jin), logIn(t, db, jin)
			require.NoError(t, db.Revoke(t.Context(), second))
			list, err := db.List(t.Context(), jin.ID)
			require.NoError(t, err)
			require.Len(t, list, 2, "neither the revoked, nor the expired, nor another user's")
			assert.Equal(t, load(t, db, third).Session, list[0])
			assert.Equal(t, load(t, db, first).Session, list[1])
			none, err := db.List(t.Context(), "nobody")
			require.NoError(t, err)
			assert.Empty(t, none)
		}},
		{"the list is bounded, and keeps the newest", func(t *testing.T, db, _ anyStore) {
			jin := addUser(t, db, "jin")
			oldest := logIn(t, db, jin)
			for range tokens.MaxListed - 1 {
				logIn(t, db, jin)
			}
			newest := logIn(t, db, jin)
			list, err := db.List(t.Context(), jin.ID)
			require.NoError(t, err)
			require.Len(t, list, tokens.MaxListed)
			assert.Equal(t, newest, list[0].ID)
			assert.False(t, slices.ContainsFunc(list, func(s tokens.Session) bool { return s.ID == oldest }))
			assert.False(t, load(t, db, oldest).Session.Revoked, "what is not listed goes on")
		}},
		{"cleaning removes only what is over for long enough", func(t *testing.T, db, _ anyStore) {
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
		}},
		{"cleaning goes in steps", func(t *testing.T, db, _ anyStore) {
			u := addUser(t, db, "jin")
			for range 3 {
				logInWithin(t, db, u, over())
			}
			for _, want := range []int{2, 1, 0} {
				deleted, err := db.DeleteExpired(t.Context(), 0, 2)
				require.NoError(t, err)
				assert.Equal(t, want, deleted)
			}
		}},
	}
}

func userBehaviours() []behaviour {
	return []behaviour{
		{"a new user is found by name and by id", func(t *testing.T, db, other anyStore) {
			u := addUser(t, db, "JIN HO", accounts.RoleAdmin, accounts.RoleUser)
			assert.Equal(t, u, byKey(t, other, "jin ho"))
			found, err := other.ByID(t.Context(), u.ID)
			require.NoError(t, err)
			assert.Equal(t, u, found)
		}},
		{"a taken name is refused and its owner stays", func(t *testing.T, db, _ anyStore) {
			first := addUser(t, db, "JIN HO")
			second := first
			second.ID, second.Username, second.PasswordHash = "second", "Jin Ho", "another"
			assert.ErrorIs(t, db.Create(t.Context(), second), accounts.ErrUsernameTaken)
			assert.Equal(t, first, byKey(t, db, "jin ho"))
			_, err := db.ByID(t.Context(), "second")
			assert.ErrorIs(t, err, accounts.ErrNoUser)
		}},
		{"an unknown user is ErrNoUser", func(t *testing.T, db, _ anyStore) {
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
			assert.ErrorIs(t, db.ChangePassword(t.Context(), "nobody", 0, "x", ""), accounts.ErrNoUser)
			assert.ErrorIs(t, db.Delete(t.Context(), "nobody", 0), accounts.ErrNoUser)
		}},
		{"a rehash keeps the password's version and the sessions", func(t *testing.T, db, _ anyStore) {
			u := addUser(t, db, "jin")
			s := logIn(t, db, u)
			require.NoError(t, db.Rehash(t.Context(), u.ID, 0, "stronger"))
			u.PasswordHash = "stronger"
			assert.Equal(t, u, byKey(t, db, "jin"))
			assert.False(t, load(t, db, s).Session.Revoked)
		}},
		{"a password change ends every session but the one kept", func(t *testing.T, db, _ anyStore) {
			jin, mina := addUser(t, db, "jin"), addUser(t, db, "mina")
			kept, ended, others := logIn(t, db, jin), logIn(t, db, jin), logIn(t, db, mina)
			require.NoError(t, db.ChangePassword(t.Context(), jin.ID, 0, "new", kept))
			after := byKey(t, db, "jin")
			assert.Equal(t, "new", after.PasswordHash)
			assert.EqualValues(t, 1, after.PasswordVersion)
			assert.False(t, load(t, db, kept).Session.Revoked)
			assert.True(t, load(t, db, ended).Session.Revoked, "whoever knew the old password must be out")
			assert.False(t, load(t, db, others).Session.Revoked)
			assert.Equal(t, mina, byKey(t, db, "mina"))
			require.NoError(t, db.ChangePassword(t.Context(), jin.ID, 1, "newer", ""))
			assert.True(t, load(t, db, kept).Session.Revoked, "empty keeps none")
		}},
		{"a stale password version changes nothing", func(t *testing.T, db, _ anyStore) {
			u := addUser(t, db, "jin")
			require.NoError(t, db.ChangePassword(t.Context(), u.ID, 0, "second", ""))
			u = byKey(t, db, "jin")
			s := logIn(t, db, u)
			assert.ErrorIs(t, db.Rehash(t.Context(), u.ID, 0, "x"), accounts.ErrPasswordChanged)
			assert.ErrorIs(t, db.ChangePassword(t.Context(), u.ID, 0, "x", ""), accounts.ErrPasswordChanged)
			assert.ErrorIs(t, db.Delete(t.Context(), u.ID, 0), accounts.ErrPasswordChanged)
			assert.Equal(t, u, byKey(t, db, "jin"))
			assert.False(t, load(t, db, s).Session.Revoked)
		}},
		{"deleting takes the sessions along and frees the name", func(t *testing.T, db, other anyStore) {
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
		}},
	}
}

func adminBehaviours() []behaviour {
	admin, both, user := []string{accounts.RoleAdmin}, []string{accounts.RoleAdmin, accounts.RoleUser}, []string{accounts.RoleUser}
	return []behaviour{
		{"setting roles replaces them", func(t *testing.T, db, other anyStore) {
			u := addUser(t, db, "jin")
			for _, roles := range [][]string{both, admin} {
				after, err := db.SetRoles(t.Context(), "jin", roles)
				require.NoError(t, err)
				u.Roles = roles
				assert.Equal(t, u, after)
				assert.Equal(t, u, byKey(t, other, "jin"), "the answer alone proves nothing")
			}
		}},
		{"a user may have no role", func(t *testing.T, db, _ anyStore) {
			addUser(t, db, "jin")
			after, err := db.SetRoles(t.Context(), "jin", nil)
			require.NoError(t, err)
			assert.Empty(t, after.Roles)
			assert.Empty(t, byKey(t, db, "jin").Roles)
		}},
		{"the last administrator stays one", func(t *testing.T, db, _ anyStore) {
			last := addUser(t, db, "root", both...)
			addUser(t, db, "jin")
			s := logIn(t, db, last)
			_, err := db.SetRoles(t.Context(), "root", user)
			assert.ErrorIs(t, err, accounts.ErrLastAdmin, "set roles")
			assert.ErrorIs(t, db.SetDisabled(t.Context(), "root", true), accounts.ErrLastAdmin, "disable")
			assert.ErrorIs(t, db.Delete(t.Context(), last.ID, 0), accounts.ErrLastAdmin, "delete")
			assert.Equal(t, last, byKey(t, db, "root"))
			assert.False(t, load(t, db, s).Session.Revoked, "a refused change must end no session")
		}},
		{"the last administrator may keep the role and drop others", func(t *testing.T, db, _ anyStore) {
			addUser(t, db, "root", both...)
			after, err := db.SetRoles(t.Context(), "root", admin)
			require.NoError(t, err)
			assert.Equal(t, admin, after.Roles)
		}},
		{"a disabled administrator does not count", func(t *testing.T, db, _ anyStore) {
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
		}},
		{"a role that looks like the administrator's does not count", func(t *testing.T, db, _ anyStore) {
			addUser(t, db, "root", admin...)
			addUser(t, db, "jin", "ADMINISTRATOR", "SUPERADMIN", "admin")
			_, err := db.SetRoles(t.Context(), "root", user)
			assert.ErrorIs(t, err, accounts.ErrLastAdmin)
		}},
		{"where there is no administrator, users can still change", func(t *testing.T, db, _ anyStore) {
			u := addUser(t, db, "jin")
			_, err := db.SetRoles(t.Context(), "jin", user)
			assert.NoError(t, err)
			assert.NoError(t, db.SetDisabled(t.Context(), "jin", true))
			assert.NoError(t, db.Delete(t.Context(), u.ID, 0))
		}},
		{"disabling ends the sessions for good", func(t *testing.T, db, _ anyStore) {
			u := addUser(t, db, "jin")
			s := logIn(t, db, u)
			bystander := logIn(t, db, addUser(t, db, "mina"))
			require.NoError(t, db.SetDisabled(t.Context(), "jin", true))
			assert.True(t, byKey(t, db, "jin").Disabled)
			require.NoError(t, db.SetDisabled(t.Context(), "jin", false))
			assert.Equal(t, u, byKey(t, db, "jin"))
			assert.True(t, load(t, db, s).Session.Revoked, "enabling brings no session back")
			assert.False(t, load(t, db, bystander).Session.Revoked)
			logIn(t, db, u)
		}},
	}
}

func failureBehaviours() []behaviour {
	failures := func(t *testing.T, db accounts.ThrottleStore, key string) accounts.Failures {
		t.Helper()
		f, err := db.Failures(t.Context(), key)
		require.NoError(t, err)
		return f
	}
	return []behaviour{
		{"an unknown key has no failures", func(t *testing.T, db, _ anyStore) {
			assert.Zero(t, failures(t, db, "unknown"))
		}},
		{"failures add up within the window", func(t *testing.T, db, other anyStore) {
			for range 3 {
				require.NoError(t, db.AddFailure(t.Context(), "key", time.Hour))
			}
			f := failures(t, other, "key")
			assert.Equal(t, 3, f.Count, "every server counts what any server saw")
			assert.GreaterOrEqual(t, f.SinceLast, time.Duration(0))
			assert.Greater(t, f.SinceOpen, f.SinceLast, "the window opened with the first, not with the last")
			assert.Less(t, f.SinceOpen, time.Minute)
			assert.Zero(t, failures(t, db, "another key"))
		}},
		{"past the window the count starts again", func(t *testing.T, db, _ anyStore) {
			require.NoError(t, db.AddFailure(t.Context(), "key", time.Hour))
			require.NoError(t, db.AddFailure(t.Context(), "key", time.Hour))
			require.NoError(t, db.AddFailure(t.Context(), "key", -time.Hour), "a window that is over since long")
			f := failures(t, db, "key")
			assert.Equal(t, 1, f.Count)
			require.NoError(t, db.AddFailure(t.Context(), "key", time.Hour))
			assert.Equal(t, 2, failures(t, db, "key").Count)
		}},
		{"a failure is added to the count that was seen, or not at all", func(t *testing.T, db, other anyStore) {
			add := func(count int) bool {
				t.Helper()
				counted, err := other.AddFailureTo(t.Context(), "key", count, time.Hour)
				require.NoError(t, err)
				return counted
			}
			assert.False(t, add(0), "an unknown key has no count")
			assert.Zero(t, failures(t, db, "key"))
			require.NoError(t, db.AddFailure(t.Context(), "key", time.Hour))
			assert.False(t, add(2))
			assert.True(t, add(1))
			assert.False(t, add(1), "somebody was faster")
			assert.Equal(t, 2, failures(t, db, "key").Count)
			counted, err := db.AddFailureTo(t.Context(), "key", 2, -time.Hour)
			require.NoError(t, err)
			assert.True(t, counted)
			assert.Equal(t, 1, failures(t, db, "key").Count, "past the window the count starts again")
		}},
		{"a key is any bytes", func(t *testing.T, db, _ anyStore) {
			for _, key := range []string{"", "a\x00b", "\xff\xfe", strings.Repeat("k", 300)} {
				require.NoError(t, db.AddFailure(t.Context(), key, time.Hour), "%q", key)
				assert.Equal(t, 1, failures(t, db, key).Count, "%q", key)
			}
		}},
		{"forgetting removes one key", func(t *testing.T, db, _ anyStore) {
			require.NoError(t, db.AddFailure(t.Context(), "key", time.Hour))
			require.NoError(t, db.AddFailure(t.Context(), "another", time.Hour))
			require.NoError(t, db.Forget(t.Context(), "key"))
			require.NoError(t, db.Forget(t.Context(), "key"), "again is no error")
			assert.Zero(t, failures(t, db, "key"))
			assert.Equal(t, 1, failures(t, db, "another").Count)
		}},
		{"cleaning removes old keys in steps", func(t *testing.T, db, _ anyStore) {
			for _, key := range []string{"a", "b", "c"} {
				require.NoError(t, db.AddFailure(t.Context(), key, time.Hour))
			}
			deleted, err := db.DeleteOldFailures(t.Context(), time.Hour, 10)
			require.NoError(t, err)
			assert.Zero(t, deleted, "none is an hour old")
			for _, want := range []int{2, 1, 0} {
				deleted, err := db.DeleteOldFailures(t.Context(), -time.Hour, 2)
				require.NoError(t, err)
				assert.Equal(t, want, deleted)
			}
			assert.Zero(t, failures(t, db, "a"))
		}},
	}
}

func raceBehaviours() []behaviour {
	return []behaviour{
		{"of parallel sign-ups with one name, one wins", func(t *testing.T, db, other anyStore) {
			errs := parallel(20, db, other, func(db anyStore) error {
				return db.Create(t.Context(), accounts.User{ID: rand.Text(), UsernameKey: "jin", Roles: []string{accounts.RoleUser}})
			})
			assert.Equal(t, 1, count(t, errs, nil))
			assert.Equal(t, 19, count(t, errs, accounts.ErrUsernameTaken))
		}},
		{"of parallel rotations from one generation, one moves", func(t *testing.T, db, other anyStore) {
			s := logIn(t, db, addUser(t, db, "jin"))
			stayed := errors.New("stayed")
			errs := parallel(50, db, other, func(db anyStore) error {
				after, moved, err := db.Rotate(t.Context(), s, 0, usual())
				if err == nil && after.Session.Generation != 1 {
					return errors.New("the snapshot shows another generation than 1")
				}
				if err == nil && !moved {
					return stayed
				}
				return err
			})
			assert.Equal(t, 1, count(t, errs, nil), "two successors would be two owners")
			assert.Equal(t, 49, count(t, errs, stayed))
		}},
		{"a rotation that races a revocation brings nothing back", func(t *testing.T, db, other anyStore) {
			u := addUser(t, db, "jin")
			for range 10 {
				s := logIn(t, db, u)
				errs := atOnce(
					func() error { _, _, err := db.Rotate(t.Context(), s, 0, usual()); return err },
					func() error { return other.Revoke(t.Context(), s) },
				)
				assert.Equal(t, 2, count(t, errs, nil))
				after := load(t, db, s).Session
				assert.True(t, after.Revoked, "log-out must win")
				_, moved, err := db.Rotate(t.Context(), s, after.Generation, usual())
				require.NoError(t, err)
				assert.False(t, moved)
			}
		}},
		{"a log-in that races a password change leaves no session", func(t *testing.T, db, other anyStore) {
			u := addUser(t, db, "jin")
			for version := range int64(20) {
				errs := atOnce(
					func() error {
						_, err := db.Open(t.Context(), rand.Text(), u.ID, version, usual())
						if errors.Is(err, tokens.ErrUserChanged) {
							return nil
						}
						return err
					},
					func() error { return other.ChangePassword(t.Context(), u.ID, version, "new", "") },
				)
				require.Equal(t, 2, count(t, errs, nil))
				list, err := db.List(t.Context(), u.ID)
				require.NoError(t, err)
				require.Empty(t, list, "the old password must not outlive its change")
			}
		}},
		{"of parallel password changes from one version, one wins", func(t *testing.T, db, other anyStore) {
			u := addUser(t, db, "jin")
			errs := parallel(10, db, other, func(db anyStore) error {
				return db.ChangePassword(t.Context(), u.ID, 0, "new", "")
			})
			assert.Equal(t, 1, count(t, errs, nil))
			assert.Equal(t, 9, count(t, errs, accounts.ErrPasswordChanged))
		}},
		{"two administrators who leave at once do not both go", func(t *testing.T, db, other anyStore) {
			leave := map[string]func(db anyStore, u accounts.User) error{
				"demoted": func(db anyStore, u accounts.User) error {
					_, err := db.SetRoles(t.Context(), u.UsernameKey, []string{accounts.RoleUser})
					return err
				},
				"disabled": func(db anyStore, u accounts.User) error { return db.SetDisabled(t.Context(), u.UsernameKey, true) },
				"deleted":  func(db anyStore, u accounts.User) error { return db.Delete(t.Context(), u.ID, 0) },
			}
			left := addUser(t, db, "root", accounts.RoleAdmin)
			for way, goes := range leave {
				for range 5 {
					next := addUser(t, db, strings.ToLower(rand.Text()), accounts.RoleAdmin)
					errs := atOnce(func() error { return goes(db, left) }, func() error { return goes(other, next) })
					assert.Equal(t, 1, count(t, errs, nil), way)
					require.Equal(t, 1, count(t, errs, accounts.ErrLastAdmin), "%s: somebody must be left", way)
					if errs[1] != nil {
						left = next
					}
				}
			}
		}},
		{"parallel failures are all counted", func(t *testing.T, db, other anyStore) {
			errs := parallel(50, db, other, func(db anyStore) error { return db.AddFailure(t.Context(), "key", time.Hour) })
			assert.Equal(t, 50, count(t, errs, nil))
			f, err := db.Failures(t.Context(), "key")
			require.NoError(t, err)
			assert.Equal(t, 50, f.Count, "a lost count is a free guess")
		}},
		{"of parallel failures added to one count, one counts", func(t *testing.T, db, other anyStore) {
			require.NoError(t, db.AddFailure(t.Context(), "key", time.Hour))
			errRefused := errors.New("not counted")
			errs := parallel(50, db, other, func(db anyStore) error {
				counted, err := db.AddFailureTo(t.Context(), "key", 1, time.Hour)
				if err == nil && !counted {
					return errRefused
				}
				return err
			})
			assert.Equal(t, 1, count(t, errs, nil))
			assert.Equal(t, 49, count(t, errs, errRefused))
			f, err := db.Failures(t.Context(), "key")
			require.NoError(t, err)
			assert.Equal(t, 2, f.Count)
		}},
	}
}

// parallel calls f n times at once, on both handles in turn.
func parallel(n int, db, other anyStore, f func(anyStore) error) []error {
	var calls []func() error
	for i := range n {
		handle := db
		if i%2 == 1 {
			handle = other
		}
		calls = append(calls, func() error { return f(handle) })
	}
	return atOnce(calls...)
}

// atOnce runs the calls in parallel and returns their errors in order.
func atOnce(calls ...func() error) []error {
	errs := make([]error, len(calls))
	start := make(chan struct{})
	var running sync.WaitGroup
	for i, call := range calls {
		running.Go(func() {
			<-start
			errs[i] = call()
		})
	}
	close(start)
	running.Wait()
	return errs
}

// count returns how many of errs are want, which may be nil.
func count(t *testing.T, errs []error, want error) int {
	t.Helper()
	n := 0
	for _, err := range errs {
		if errors.Is(err, want) {
			n++
		}
	}
	if n == 0 {
		t.Logf("errors: %v", errs)
	}
	return n
}
