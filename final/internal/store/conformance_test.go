package store

import (
	"crypto/rand"
	"slices"
	"strings"
	"testing"
	"time"

	tokens "example.com/authbook/03-token-scenarios"
	accounts "example.com/authbook/04-signup-login"
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
		PasswordHash: "$argon2id$v=19$m=64,t=1,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAA",
		Roles:        roles, Created: time.Now().UTC().Truncate(time.Microsecond),
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
	_, _, err := db.Open(t.Context(), id, u.ID, u.PasswordVersion, tokens.Client{}, limits)
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
	runOn(t, slices.Concat(sessionBehaviours(), userBehaviours(), adminBehaviours(), failureBehaviours(),
		raceBehaviours()))
}
