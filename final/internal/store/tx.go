package store

import (
	"context"
	"database/sql"
	"fmt"
	"math/rand/v2"
	"time"
)

// attempts bounds how often a write is tried that met another one.
const attempts = 5

// retry calls try until it succeeds, fails for good, met other writes too
// often, or ctx ends. try must be whole or not at all.
func (d *DB) retry(ctx context.Context, try func() error) error {
	for n := 1; ; n++ {
		err := try()
		if err == nil || n == attempts || !d.dialect.transient(err) || !pause(ctx, n) {
			return err
		}
	}
}

// pause waits a few milliseconds, longer each time, and reports whether ctx
// still goes on. Of two that met, the one that failed would else be back before
// the other one has moved.
func pause(ctx context.Context, n int) bool {
	select {
	case <-ctx.Done():
		return false
	case <-time.After(rand.N(5 * time.Millisecond << n)):
		return true
	}
}

// inTx runs f in a transaction that commits unless f fails. The ctx that f gets
// bounds it.
func (d *DB) inTx(ctx context.Context, f func(ctx context.Context, tx *sql.Tx) error) (err error) {
	ctx, cancel := d.within(ctx)
	defer cancel()
	defer d.observe(ctx, time.Now(), &err)
	return d.inLongTx(ctx, f)
}

// inLongTx is inTx for an operator, who decides how long it may take.
func (d *DB) inLongTx(ctx context.Context, f func(ctx context.Context, tx *sql.Tx) error) error {
	return d.retry(ctx, func() error {
		tx, err := d.write.BeginTx(ctx, nil)
		if err != nil {
			return err
		}
		defer tx.Rollback() // does nothing after Commit
		if err := f(ctx, tx); err != nil {
			return err
		}
		return tx.Commit()
	})
}

// exec runs one writing statement and returns how many rows it changed.
func (d *DB) exec(ctx context.Context, query string, args ...any) (changed int64, err error) {
	ctx, cancel := d.within(ctx)
	defer cancel()
	defer d.observe(ctx, time.Now(), &err)
	if d.group != nil {
		return d.group.exec(ctx, d.sql(query), args...)
	}
	err = d.retry(ctx, func() (err error) {
		changed, err = execute(ctx, d.write, d.sql(query), args...)
		return err
	})
	return changed, err
}

// executor is a database or a transaction.
type executor interface {
	ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error)
}

// execute runs one writing statement, once, and returns how many rows it changed.
func execute(ctx context.Context, db executor, query string, args ...any) (changed int64, err error) {
	result, err := db.ExecContext(ctx, query, args...)
	if err != nil {
		return 0, err
	}
	return result.RowsAffected()
}

// one runs a query that returns one row, and scans it.
func one[T any](
	ctx context.Context, d *DB, from *sql.DB, scan func(scanner) (T, error), query string, args ...any,
) (row T, err error) {
	ctx, cancel := d.within(ctx)
	defer cancel()
	defer d.observe(ctx, time.Now(), &err)
	err = d.retry(ctx, func() (err error) {
		row, err = scan(from.QueryRowContext(ctx, d.sql(query), args...))
		return err
	})
	return row, err
}

// wrap adds to *err what was tried.
func wrap(err *error, tried string) {
	if *err != nil {
		*err = fmt.Errorf("store: %s: %w", tried, *err)
	}
}
