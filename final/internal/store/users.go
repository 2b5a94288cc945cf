package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"strings"

	tokens "example.com/authbook/03-token-scenarios"
	accounts "example.com/authbook/04-signup-login"
)

// Users are the users of a database: accounts.Store, and what an operator does
// beside it.
type Users struct{ db *DB }

var _ accounts.Store = (*Users)(nil)

// NewUsers returns the users of the database.
func NewUsers(db *DB) *Users { return &Users{db} }

const (
	userColumns = `id, username, username_key, nickname, password_hash, password_version, roles, disabled, created`

	// A conflict on username_key alone is no error here; any other is.
	insertUser = `
		INSERT INTO users (` + userColumns + `) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
		ON CONFLICT (username_key) DO NOTHING`

	userByKey = `SELECT ` + userColumns + ` FROM users WHERE username_key = $1`

	userByID = `SELECT ` + userColumns + ` FROM users WHERE id = $1`

	rehash = `UPDATE users SET password_hash = $3 WHERE id = $1 AND password_version = $2`

	changePassword = `
		UPDATE users SET password_hash = $3, password_version = password_version + 1
		WHERE id = $1 AND password_version = $2`

	// By two generations at once: see tokens.RenewBy.
	renewSession = `
		UPDATE sessions SET generation = generation + $4, rotated = {now}
		WHERE id = $2 AND user_id = $3 AND revoked IS NULL AND expires > {now}`

	deleteUser = `DELETE FROM users WHERE id = $1 AND password_version = $2 RETURNING id`

	userExists = `SELECT EXISTS (SELECT 1 FROM users WHERE id = $1)`
)

// Create implements accounts.Store.
func (s *Users) Create(ctx context.Context, u accounts.User) (err error) {
	defer wrap(&err, "create a user")
	values, err := userValues(u)
	if err != nil {
		return err
	}
	created, err := s.db.exec(ctx, insertUser, values...)
	if err == nil && created == 0 {
		return accounts.ErrUsernameTaken
	}
	return err
}

// userValues returns what userColumns hold of a user.
func userValues(u accounts.User) ([]any, error) {
	roles, err := joinRoles(u.Roles)
	return []any{
		u.ID, u.Username, u.UsernameKey, u.Nickname, u.PasswordHash, u.PasswordVersion, roles, u.Disabled,
		u.Created.UnixMicro(),
	}, err
}

// ByKey implements accounts.Store.
func (s *Users) ByKey(ctx context.Context, usernameKey string) (_ accounts.User, err error) {
	defer wrap(&err, "find a user by name")
	return s.find(ctx, userByKey, usernameKey)
}

// ByID implements accounts.Store.
func (s *Users) ByID(ctx context.Context, id string) (_ accounts.User, err error) {
	defer wrap(&err, "find a user by id")
	return s.find(ctx, userByID, id)
}

// find returns the one user that the query names.
func (s *Users) find(ctx context.Context, query, arg string) (accounts.User, error) {
	user, err := find(ctx, s.db, scanUser, query, arg)
	if s.db.isMissing(err) {
		return accounts.User{}, accounts.ErrNoUser
	}
	return user, err
}

// Rehash implements accounts.Store.
func (s *Users) Rehash(ctx context.Context, id string, version int64, hash string) (err error) {
	defer wrap(&err, "rehash a password")
	return s.db.inTx(ctx, func(ctx context.Context, tx *sql.Tx) error {
		return changeUser(ctx, tx, rehash, id, version, hash)
	})
}

// ChangePassword implements accounts.Store. The user comes before the
// sessions: whoever opens one meanwhile waits for the user's row, and then
// finds the new version.
func (s *Users) ChangePassword(
	ctx context.Context, id string, version int64, hash string, kept accounts.Kept,
) (err error) {
	defer wrap(&err, "change a password")
	return s.db.inTx(ctx, func(ctx context.Context, tx *sql.Tx) error {
		if err := changeUser(ctx, tx, changePassword, id, version, hash); err != nil {
			return err
		}
		now := s.db.dialect.now()
		_, err := tx.ExecContext(ctx, s.db.sql(revokeSessions), now, id, kept.SessionID)
		if err == nil && kept.Renew {
			_, err = tx.ExecContext(ctx, s.db.sql(renewSession), now, kept.SessionID, id, tokens.RenewBy)
		}
		return err
	})
}

// changeUser runs a statement for the user with this password version.
func changeUser(ctx context.Context, tx *sql.Tx, query, id string, version int64, hash string) error {
	changed, err := execute(ctx, tx, query, id, version, hash)
	if err == nil && changed == 0 {
		return whyUnchanged(ctx, tx, id)
	}
	return err
}

// whyUnchanged says why no user has the id and the password version.
func whyUnchanged(ctx context.Context, tx *sql.Tx, id string) error {
	var exists bool
	if err := tx.QueryRowContext(ctx, userExists, id).Scan(&exists); err != nil {
		return err
	}
	if exists {
		return accounts.ErrPasswordChanged
	}
	return accounts.ErrNoUser
}

// Delete implements accounts.Store. The sessions go with the user's row.
func (s *Users) Delete(ctx context.Context, id string, version int64) (err error) {
	defer wrap(&err, "delete a user")
	return s.db.inTx(ctx, func(ctx context.Context, tx *sql.Tx) error {
		return s.keepAnAdmin(ctx, tx, func() (string, error) {
			var deleted string
			err := tx.QueryRowContext(ctx, deleteUser, id, version).Scan(&deleted)
			if errors.Is(err, sql.ErrNoRows) {
				err = whyUnchanged(ctx, tx, id)
			}
			return deleted, err
		})
	})
}

func scanUser(row scanner) (accounts.User, error) {
	var u accounts.User
	var roles string
	var created int64
	err := row.Scan(&u.ID, &u.Username, &u.UsernameKey, &u.Nickname, &u.PasswordHash, &u.PasswordVersion,
		&roles, &u.Disabled, &created)
	if err != nil {
		return accounts.User{}, err
	}
	u.Roles, u.Created = strings.Fields(roles), at(created)
	return u, nil
}

// joinRoles returns the roles as the column holds them: sorted words. A role
// with a space in it would come back as two, and so as rights that nobody gave.
func joinRoles(roles []string) (string, error) {
	for _, role := range roles {
		if len(strings.Fields(role)) != 1 || strings.TrimSpace(role) != role {
			return "", fmt.Errorf("role %q is not a word", role)
		}
	}
	return strings.Join(slices.Compact(slices.Sorted(slices.Values(roles))), " "), nil
}
