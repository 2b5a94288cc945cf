package store

import (
	"context"
	"database/sql"
	"sync"
	"time"
)

// lookUps are the queries that find a few rows by an index, as SQLite compiled
// them.
type lookUps struct {
	mu      sync.Mutex
	byQuery map[string]*sql.Stmt
}

func newLookUps() *lookUps { return &lookUps{byQuery: map[string]*sql.Stmt{}} }

// lookUp returns a query of that kind, compiled. It is nil where the query must
// run as any other: on PostgreSQL, whose driver compiles each query once by
// itself, and when ctx has ended.
//
// SQLite would compile it for each call, and its driver would watch for the end of
// ctx in a goroutine. Each costs more than the read. That takes some ten
// microseconds and waits for nobody, so the statement does not need ctx.
func (d *DB) lookUp(ctx context.Context, query string) *sql.Stmt {
	if d.lookUps == nil || ctx.Err() != nil {
		return nil
	}
	d.lookUps.mu.Lock()
	defer d.lookUps.mu.Unlock()
	if stmt, ok := d.lookUps.byQuery[query]; ok {
		return stmt
	}
	stmt, err := d.read.PrepareContext(ctx, d.sql(query))
	if err != nil {
		return nil // the query will say why
	}
	d.lookUps.byQuery[query] = stmt
	return stmt
}

// find runs a look-up of one row, and scans it.
func find[T any](
	ctx context.Context, d *DB, scan func(scanner) (T, error), query string, args ...any,
) (_ T, err error) {
	stmt := d.lookUp(ctx, query)
	if stmt == nil {
		return one(ctx, d, d.read, scan, query, args...)
	}
	defer d.observe(ctx, time.Now(), &err)
	return scan(stmt.QueryRow(args...))
}

// findAll runs a look-up of a few rows, and scans them.
func findAll[T any](
	ctx context.Context, d *DB, scan func(scanner) (T, error), query string, args ...any,
) (found []T, err error) {
	defer d.observe(ctx, time.Now(), &err)
	if stmt := d.lookUp(ctx, query); stmt != nil {
		rows, err := stmt.Query(args...)
		if err != nil {
			return nil, err
		}
		return gather(rows, scan)
	}
	ctx, cancel := d.within(ctx)
	defer cancel()
	err = d.retry(ctx, func() (err error) {
		found, err = many(ctx, d.read, scan, d.sql(query), args...)
		return err
	})
	return found, err
}
