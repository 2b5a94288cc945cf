package store

import (
	"context"
	"database/sql"

	accounts "example.com/authbook/04-signup-login"
)

const (
	allUsers = `SELECT ` + userColumns + ` FROM users ORDER BY username_key`

	setDisabled = `UPDATE users SET disabled = $2 WHERE username_key = $1 RETURNING id`

	deleteByKey = `DELETE FROM users WHERE username_key = $1 RETURNING id`

	revokeEverything = `UPDATE sessions SET revoked = {now} WHERE revoked IS NULL`
)

// Users returns every user in the order of UsernameKey.
func (s *Store) Users(ctx context.Context) (_ []accounts.User, err error) {
	defer wrap(&err, "list the users")
	rows, err := s.read.QueryContext(ctx, allUsers)
	return collect(rows, err, scanUser)
}

// SetDisabled disables the user and ends every session, or enables the user
// again. It returns accounts.ErrNoUser, and accounts.ErrLastAdmin if no
// enabled administrator would be left.
func (s *Store) SetDisabled(ctx context.Context, usernameKey string, disabled bool) (err error) {
	defer wrap(&err, "disable or enable a user")
	return s.inTx(ctx, func(ctx context.Context, tx *sql.Tx) error {
		if !disabled {
			_, err := s.changeByKey(ctx, tx, setDisabled, usernameKey, false)
			return err
		}
		return s.keepAnAdmin(ctx, tx, func() (string, error) {
			id, err := s.changeByKey(ctx, tx, setDisabled, usernameKey, true)
			if err != nil {
				return "", err
			}
			_, err = tx.ExecContext(ctx, s.sql(revokeSessions), s.dialect.now(), id, "")
			return id, err
		})
	})
}

// DeleteByKey removes the user and the sessions. It returns
// accounts.ErrNoUser, and accounts.ErrLastAdmin if no enabled administrator
// would be left.
func (s *Store) DeleteByKey(ctx context.Context, usernameKey string) (err error) {
	defer wrap(&err, "delete a user by name")
	return s.inTx(ctx, func(ctx context.Context, tx *sql.Tx) error {
		return s.keepAnAdmin(ctx, tx, func() (string, error) {
			return s.changeByKey(ctx, tx, deleteByKey, usernameKey)
		})
	})
}

// EndAllSessions ends every session of every user: after a restore, because a
// backup brings back sessions that have ended since.
func (s *Store) EndAllSessions(ctx context.Context) (err error) {
	defer wrap(&err, "end all sessions")
	_, err = s.exec(ctx, revokeEverything, s.dialect.now())
	return err
}

// changeByKey runs a statement for the user with the name and returns the id.
func (s *Store) changeByKey(ctx context.Context, tx *sql.Tx, query string, args ...any) (id string, err error) {
	id, err = scanID(tx.QueryRowContext(ctx, query, args...))
	return id, s.notFound(err, accounts.ErrNoUser)
}
