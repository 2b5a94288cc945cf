package store

import (
	"testing"
	"time"

	accounts "example.com/authbook/04-signup-login"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestSweepCheckUsers_removesNobodyElse(t *testing.T) {
	eachSQL(t, func(t *testing.T, databaseURL func(testing.TB) string) {
		db := openStore(t, databaseURL(t))
		now := time.Now()
		add := func(name string, age time.Duration, roles ...string) {
			u := accounts.User{ID: name, Username: name, UsernameKey: name, Roles: roles, Created: now.Add(-age)}
			require.NoError(t, db.Create(t.Context(), u))
		}
		add("check-aaaaaaaaaaaaaaaaaaa2", 2*time.Hour, accounts.RoleUser)
		add("check-aaaaaaaaaaaaaaaaaaa3", time.Minute, accounts.RoleUser)                     // of a ship that runs
		add("check-aaaaaaaaaaaaaaaaaaa4", 2*time.Hour, accounts.RoleAdmin, accounts.RoleUser) // somebody wants it
		add("check-mate", 2*time.Hour, accounts.RoleUser)
		add("jin ho", 2*time.Hour, accounts.RoleUser)
		require.NoError(t, db.SweepCheckUsers(t.Context(), now.Add(-time.Hour)))
		users, err := db.All(t.Context())
		require.NoError(t, err)
		var names []string
		for _, u := range users {
			names = append(names, u.Username)
		}
		assert.ElementsMatch(t, names, []string{
			"check-aaaaaaaaaaaaaaaaaaa3", "check-aaaaaaaaaaaaaaaaaaa4", "check-mate", "jin ho"})
	})
}
