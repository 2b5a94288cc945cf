package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"iter"

	accounts "example.com/authbook/04-signup-login"
)

// ErrNotEmpty says that a database has users already.
var ErrNotEmpty = errors.New("the database has users already")

const (
	anyUser = `SELECT EXISTS (SELECT 1 FROM users)`

	// A conflict on the name or on the id adds nobody, and is seen by that.
	insertNew = `
		INSERT INTO users (` + userColumns + `) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
		ON CONFLICT DO NOTHING`
)

// Each calls f for every user in the order of UsernameKey, as they are at
// one moment, without reading all of them into memory. An error of f ends it.
func (s *Users) Each(ctx context.Context, f func(accounts.User) error) (err error) {
	defer wrap(&err, "read the users")
	tx, err := s.db.read.BeginTx(ctx, &sql.TxOptions{ReadOnly: true})
	if err != nil {
		return err
	}
	defer tx.Rollback() // there is nothing to commit
	if err := s.db.takeAnyTime(ctx, tx); err != nil {
		return err
	}
	rows, err := tx.QueryContext(ctx, allUsers)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		u, err := scanUser(rows)
		if err != nil {
			return err
		}
		if err := f(u); err != nil {
			return err
		}
	}
	return rows.Err()
}

// AddAll adds all users or, if one of them or the sequence brings an error,
// none. It returns how many there were, and ErrNotEmpty for a database with
// users. Users that come from a file must have passed [CheckUser].
func (s *Users) AddAll(ctx context.Context, users iter.Seq2[accounts.User, error]) (added int, err error) {
	defer wrap(&err, "add users")
	return s.addAll(ctx, users, nil)
}

// addAll tells leaveOut, if there is one, of each [BadUser], and goes on
// without it.
func (s *Users) addAll(
	ctx context.Context, users iter.Seq2[accounts.User, error], leaveOut func(error),
) (added int, err error) {
	tx, err := s.db.write.BeginTx(ctx, nil)
	if err != nil {
		return 0, err
	}
	defer tx.Rollback() // does nothing after Commit
	if err := s.beginAdding(ctx, tx); err != nil {
		return 0, err
	}
	if added, err = insertAll(ctx, tx, users, leaveOut); err != nil {
		return 0, err
	}
	return added, tx.Commit()
}

func insertAll(
	ctx context.Context, tx *sql.Tx, users iter.Seq2[accounts.User, error], leaveOut func(error),
) (added int, err error) {
	insert, err := tx.PrepareContext(ctx, insertNew)
	if err != nil {
		return 0, err
	}
	defer insert.Close()
	for u, err := range users {
		if err == nil {
			err = addUserTo(ctx, insert, u)
		}
		switch {
		case err == nil:
			added++
		case leaveOut != nil && isBadUser(err):
			leaveOut(err)
		default:
			return 0, err
		}
	}
	return added, nil
}

// beginAdding makes sure that the database is empty, and that of two who add
// users at once the second finds it full.
func (s *Users) beginAdding(ctx context.Context, tx *sql.Tx) error {
	if err := s.db.takeAnyTime(ctx, tx); err != nil {
		return err
	}
	if err := s.db.lockMigrations(ctx, tx); err != nil {
		return err
	}
	var full bool
	if err := tx.QueryRowContext(ctx, anyUser).Scan(&full); err != nil {
		return err
	}
	if full {
		return ErrNotEmpty
	}
	return nil
}

func addUserTo(ctx context.Context, insert *sql.Stmt, u accounts.User) error {
	values, err := userValues(u)
	if err != nil {
		return err
	}
	result, err := insert.ExecContext(ctx, values...)
	if err != nil {
		return err
	}
	added, err := result.RowsAffected()
	if err == nil && added == 0 {
		return &BadUser{u.Username, fmt.Errorf("another user has the name or the id: %w", accounts.ErrUsernameTaken)}
	}
	return err
}
