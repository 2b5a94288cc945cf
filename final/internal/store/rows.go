package store

import (
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

func scanTime(row scanner) (time.Time, error) {
	var microseconds int64
	err := row.Scan(&microseconds)
	return at(microseconds), err
}

// collect reads every row of a query with scan. It takes the query's error,
// so that a call of the two is one line.
func collect[T any](rows *sql.Rows, err error, scan func(scanner) (T, error)) ([]T, error) {
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var all []T
	for rows.Next() {
		one, err := scan(rows)
		if err != nil {
			return nil, err
		}
		all = append(all, one)
	}
	return all, rows.Err()
}

// notFound returns missing where err says that no row matched.
func (s *Store) notFound(err, missing error) error {
	if errors.Is(err, sql.ErrNoRows) || err != nil && s.dialect.unstorable(err) {
		return missing
	}
	return err
}
