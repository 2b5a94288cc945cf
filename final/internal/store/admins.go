package store

import (
	"context"
	"database/sql"
	"slices"

	accounts "example.com/authbook/04-signup-login"
)

const (
	// isAdmin holds for an enabled administrator. It is the condition of an
	// index, so that nobody counts administrators among a million users.
	isAdmin = `NOT disabled AND {position}(' ' || roles || ' ', ' ` + accounts.RoleAdmin + ` ') > 0`

	// Always the same order, so that two of these do not wait for each other.
	lockAdmins = `SELECT id FROM users WHERE ` + isAdmin + ` ORDER BY id {for update}`

	setRoles = `UPDATE users SET roles = $2 WHERE username_key = $1 RETURNING ` + userColumns
)

// SetRoles implements accounts.Store.
func (s *Users) SetRoles(ctx context.Context, usernameKey string, roles []string) (after accounts.User, err error) {
	defer wrap(&err, "set roles")
	joined, err := joinRoles(roles)
	if err != nil {
		return accounts.User{}, err
	}
	set := func(ctx context.Context, tx *sql.Tx) (id string, err error) {
		after, err = scanUser(tx.QueryRowContext(ctx, setRoles, usernameKey, joined))
		if s.db.isMissing(err) {
			return "", accounts.ErrNoUser
		}
		return after.ID, err
	}
	err = s.db.inTx(ctx, func(ctx context.Context, tx *sql.Tx) error {
		if slices.Contains(roles, accounts.RoleAdmin) {
			_, err := set(ctx, tx)
			return err
		}
		return s.keepAnAdmin(ctx, tx, func() (string, error) { return set(ctx, tx) })
	})
	if err != nil {
		return accounts.User{}, err
	}
	return after, nil
}

// keepAnAdmin runs a change that takes away one user's rights and returns the
// user's id. If that was the last enabled administrator, it returns
// ErrLastAdmin, and the transaction must not commit. It locks all of them
// first: of two changes at once, the second sees what the first has left.
func (s *Users) keepAnAdmin(ctx context.Context, tx *sql.Tx, change func() (id string, err error)) error {
	admins, err := many(ctx, tx, scanText, s.db.sql(lockAdmins))
	if err != nil {
		return err
	}
	id, err := change()
	if err == nil && len(admins) == 1 && admins[0] == id {
		return accounts.ErrLastAdmin
	}
	return err
}
