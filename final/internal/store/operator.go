package store

import (
	"context"
	"database/sql"

	accounts "example.com/authbook/04-signup-login"
)

const (
	allUsers = `SELECT ` + userColumns + ` FROM users ORDER BY username_key`

	disable = `
		UPDATE users SET disabled = TRUE, password_version = password_version + 1
		WHERE username_key = $1 RETURNING id`

	enable = `UPDATE users SET disabled = FALSE WHERE username_key = $1 RETURNING id`

	deleteByKey = `DELETE FROM users WHERE username_key = $1 RETURNING id`
)

// All returns every user in the order of UsernameKey.
func (s *Users) All(ctx context.Context) (_ []accounts.User, err error) {
	defer wrap(&err, "list the users")
	return many(ctx, s.db.read, scanUser, allUsers)
}

// SetDisabled disables the user, ends every session and raises the password's
// version, or enables the user again. It returns accounts.ErrNoUser, and accounts.ErrLastAdmin if no
// enabled administrator would be left.
func (s *Users) SetDisabled(ctx context.Context, usernameKey string, disabled bool) (err error) {
	defer wrap(&err, "disable or enable a user")
	return s.db.inTx(ctx, func(ctx context.Context, tx *sql.Tx) error {
		if !disabled {
			_, err := s.changeByKey(ctx, tx, enable, usernameKey)
			return err
		}
		return s.keepAnAdmin(ctx, tx, func() (string, error) {
			id, err := s.changeByKey(ctx, tx, disable, usernameKey)
			if err != nil {
				return "", err
			}
			_, err = tx.ExecContext(ctx, s.db.sql(revokeSessions), s.db.dialect.now(), id, "")
			return id, err
		})
	})
}

// DeleteByKey removes the user and the sessions. It returns
// accounts.ErrNoUser, and accounts.ErrLastAdmin if no enabled administrator
// would be left.
func (s *Users) DeleteByKey(ctx context.Context, usernameKey string) (err error) {
	defer wrap(&err, "delete a user by name")
	return s.db.inTx(ctx, func(ctx context.Context, tx *sql.Tx) error {
		return s.keepAnAdmin(ctx, tx, func() (string, error) {
			return s.changeByKey(ctx, tx, deleteByKey, usernameKey)
		})
	})
}

// changeByKey runs a statement for the user with the name and returns the id.
func (s *Users) changeByKey(ctx context.Context, tx *sql.Tx, query string, args ...any) (id string, err error) {
	id, err = scanText(tx.QueryRowContext(ctx, query, args...))
	if s.db.isMissing(err) {
		return "", accounts.ErrNoUser
	}
	return id, err
}
