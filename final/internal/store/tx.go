package store

import (
	"context"
	"database/sql"
	"fmt"
)

// attempts bounds how often a write is tried that met another one.
const attempts = 5

// retry calls try until it succeeds, fails for good, or met other writes too
// often. try must be whole or not at all.
func (s *Store) retry(try func() error) error {
	for n := 1; ; n++ {
		err := try()
		if err == nil || n == attempts || !s.dialect.transient(err) {
			return err
		}
	}
}

// inTx runs f in a transaction that commits unless f fails.
func (s *Store) inTx(ctx context.Context, f func(tx *sql.Tx) error) error {
	return s.retry(func() error {
		tx, err := s.write.BeginTx(ctx, nil)
		if err != nil {
			return err
		}
		defer tx.Rollback() // does nothing after Commit
		if err := f(tx); err != nil {
			return err
		}
		return tx.Commit()
	})
}

// exec runs one writing statement and returns how many rows it changed.
func (s *Store) exec(ctx context.Context, query string, args ...any) (changed int64, err error) {
	err = s.retry(func() error {
		result, err := s.write.ExecContext(ctx, s.sql(query), args...)
		if err != nil {
			return err
		}
		changed, err = result.RowsAffected()
		return err
	})
	return changed, err
}

// wrap adds to *err what was tried.
func wrap(err *error, tried string) {
	if *err != nil {
		*err = fmt.Errorf("store: %s: %w", tried, *err)
	}
}
