package store

import (
	"context"
	"database/sql"
	"errors"
	"time"
)

// scanner is a *sql.Row or *sql.Rows.
type scanner interface {
	Scan(dest ...any) error
}

// at returns the time that a column holds.
func at(microseconds int64) time.Time { return time.UnixMicro(microseconds).UTC() }

func scanText(row scanner) (text string, err error) {
	err = row.Scan(&text)
	return text, err
}

func scanTime(row scanner) (time.Time, error) {
	var microseconds int64
	err := row.Scan(&microseconds)
	return at(microseconds), err
}

// querier is a database or a transaction.
type querier interface {
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
}

// many runs a query and scans every row.
func many[T any](
	ctx context.Context, from querier, scan func(scanner) (T, error), query string, args ...any,
) ([]T, error) {
	rows, err := from.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, err
	}
	return gather(rows, scan)
}

// gather scans every row, and closes the rows.
func gather[T any](rows *sql.Rows, scan func(scanner) (T, error)) (all []T, err error) {
	defer rows.Close()
	for rows.Next() {
		one, err := scan(rows)
		if err != nil {
			return nil, err
		}
		all = append(all, one)
	}
	return all, rows.Err()
}

// isMissing reports whether err says that no row matched, or that none can.
func (d *DB) isMissing(err error) bool {
	return errors.Is(err, sql.ErrNoRows) || err != nil && d.dialect.unstorable(err)
}
