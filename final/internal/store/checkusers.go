package store

import (
	"context"
	"slices"
	"time"

	accounts "example.com/authbook/04-signup-login"
	deploy "example.com/authbook/05-deploy"
)

const oldCheckUsers = `SELECT ` + userColumns + ` FROM users WHERE username_key LIKE 'check-%' AND created < $1`

// SweepCheckUsers removes the users that contract checks from before a time have
// left behind, because they or the server broke off.
func (s *Users) SweepCheckUsers(ctx context.Context, before time.Time) (err error) {
	defer wrap(&err, "remove old check users")
	left, err := many(ctx, s.db.read, scanUser, oldCheckUsers, before.UnixMicro())
	if err != nil {
		return err
	}
	for _, u := range left {
		if !deploy.IsCheckUser(u.Username) || !slices.Equal(u.Roles, []string{accounts.RoleUser}) {
			continue
		}
		if err := s.DeleteByKey(ctx, u.UsernameKey); err != nil {
			return err
		}
	}
	return nil
}
