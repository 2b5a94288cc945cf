package store

import (
	"context"
	"fmt"
	"strings"
	"time"

	accounts "example.com/authbook/04-signup-login"
)

// Failures are the log-in failures of a database.
type Failures struct{ db *DB }

var _ accounts.ThrottleStore = (*Failures)(nil)

// NewFailures returns the log-in failures of the database.
func NewFailures(db *DB) *Failures { return &Failures{db} }

const (
	// On the right of =, a column still has its old value.
	addFailure = `
		INSERT INTO failures (key, count, opened, last) VALUES ($2, 1, {now}, {now})
		ON CONFLICT (key) DO UPDATE SET
			count  = CASE WHEN {now} - failures.opened > $3 THEN 1 ELSE failures.count + 1 END,
			opened = CASE WHEN {now} - failures.opened > $3 THEN {now} ELSE failures.opened END,
			last   = {now}`

	addFailureTo = `
		UPDATE failures SET
			count  = CASE WHEN {now} - opened > $3 THEN 1 ELSE count + 1 END,
			opened = CASE WHEN {now} - opened > $3 THEN {now} ELSE opened END,
			last   = {now}
		WHERE key = $2 AND count = $4`

	forgetFailures = `DELETE FROM failures WHERE key = $1`

	deleteOldFailures = `
		DELETE FROM failures WHERE key IN (SELECT key FROM failures WHERE last < {now} - $2 LIMIT $3)`
)

// failuresOf is a query for n keys. NULL is none.
func failuresOf(n int) string {
	var list strings.Builder
	for i := range n {
		fmt.Fprintf(&list, ", $%d", i+2)
	}
	return `SELECT key, count, {now} - last, {now} - opened FROM failures WHERE key IN (NULL` + list.String() + `)`
}

// Failures implements accounts.ThrottleStore.
func (s *Failures) Failures(ctx context.Context, keys ...string) (_ map[string]accounts.Failures, err error) {
	defer wrap(&err, "count failures")
	args := []any{s.db.dialect.now()}
	for _, key := range keys {
		args = append(args, []byte(key))
	}
	rows, err := findAll(ctx, s.db, scanFailures, failuresOf(len(keys)), args...)
	found := make(map[string]accounts.Failures, len(rows))
	for _, row := range rows {
		found[row.key] = row.failures
	}
	return found, err
}

// failuresRow is a row of what failuresOf finds.
type failuresRow struct {
	key      string
	failures accounts.Failures
}

func scanFailures(row scanner) (f failuresRow, err error) {
	var sinceLast, sinceOpen int64
	err = row.Scan(&f.key, &f.failures.Count, &sinceLast, &sinceOpen)
	f.failures.SinceLast, f.failures.SinceOpen = duration(sinceLast), duration(sinceOpen)
	return f, err
}

// AddFailure implements accounts.ThrottleStore.
func (s *Failures) AddFailure(ctx context.Context, key string, window time.Duration) (err error) {
	defer wrap(&err, "count a failure")
	_, err = s.db.exec(ctx, addFailure, s.db.dialect.now(), []byte(key), window.Microseconds())
	return err
}

// AddFailureTo implements accounts.ThrottleStore.
func (s *Failures) AddFailureTo(ctx context.Context, key string, count int, window time.Duration) (_ bool, err error) {
	defer wrap(&err, "count a failure")
	changed, err := s.db.exec(ctx, addFailureTo, s.db.dialect.now(), []byte(key), window.Microseconds(), count)
	return changed == 1, err
}

// Forget implements accounts.ThrottleStore.
func (s *Failures) Forget(ctx context.Context, key string) (err error) {
	defer wrap(&err, "forget failures")
	_, err = s.db.exec(ctx, forgetFailures, []byte(key))
	return err
}

// DeleteOldFailures implements accounts.ThrottleStore.
func (s *Failures) DeleteOldFailures(ctx context.Context, age time.Duration, limit int) (_ int, err error) {
	defer wrap(&err, "delete old failures")
	deleted, err := s.db.exec(ctx, deleteOldFailures, s.db.dialect.now(), age.Microseconds(), limit)
	return int(deleted), err
}

func duration(microseconds int64) time.Duration {
	return time.Duration(microseconds) * time.Microsecond
}
