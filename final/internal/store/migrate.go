package store

import (
	"context"
	"database/sql"
	"fmt"
)

// migrate brings the schema to the newest version that this release knows, in
// one transaction. Where several servers start at once, one migrates and the
// others wait for it. A schema that is new enough is only looked at: a start,
// or a command, must not wait for whoever writes.
func (d *DB) migrate(ctx context.Context, steps []migration) (err error) {
	defer wrap(&err, "migrate the schema")
	newest := steps[len(steps)-1].version
	if version, minBinary, err := d.look(ctx); err == nil && version >= newest {
		return checkBinary(version, minBinary, newest)
	}
	return d.inLongTx(ctx, func(ctx context.Context, tx *sql.Tx) error {
		if err := d.beginMigration(ctx, tx); err != nil {
			return err
		}
		version, minBinary, err := schemaInfo(ctx, tx)
		if err != nil {
			return err
		}
		if err := checkBinary(version, minBinary, newest); err != nil {
			return err
		}
		return d.apply(ctx, tx, steps, version)
	})
}

// look reads which schema there is, without a lock. It fails on a new database.
func (d *DB) look(ctx context.Context) (version, minBinary int, err error) {
	ctx, cancel := d.within(ctx)
	defer cancel()
	return schemaInfo(ctx, d.read)
}

func checkBinary(version, minBinary, newest int) error {
	if newest < minBinary {
		return fmt.Errorf("the database has version %d, made by a newer release; "+
			"releases that know less than %d can't use it, and this one knows %d", version, minBinary, newest)
	}
	return nil
}

func (d *DB) beginMigration(ctx context.Context, tx *sql.Tx) error {
	// A step may take longer than a request's statement.
	if err := d.takeAnyTime(ctx, tx); err != nil {
		return err
	}
	if err := d.lockMigrations(ctx, tx); err != nil {
		return err
	}
	_, err := tx.ExecContext(ctx, "CREATE TABLE IF NOT EXISTS schema_info "+schemaInfoColumns)
	return err
}

const schemaInfoColumns = "(version BIGINT NOT NULL, min_binary BIGINT NOT NULL)"

// lockMigrations waits until no other transaction holds this lock.
func (d *DB) lockMigrations(ctx context.Context, tx *sql.Tx) error {
	if d.dialect.lockMigrations == "" {
		return nil
	}
	_, err := tx.ExecContext(ctx, d.dialect.lockMigrations)
	return err
}

// schemaInfo returns 0, 0 for a new database.
func schemaInfo(ctx context.Context, db interface {
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
}) (version, minBinary int, err error) {
	err = db.QueryRowContext(ctx, `SELECT coalesce(max(version), 0), coalesce(max(min_binary), 0) FROM schema_info`).
		Scan(&version, &minBinary)
	return version, minBinary, err
}

// apply runs the steps after version. A database that is ahead of them stays
// as it is: the release before this one may run again.
func (d *DB) apply(ctx context.Context, tx *sql.Tx, steps []migration, version int) error {
	for _, step := range steps {
		if step.version <= version {
			continue
		}
		if _, err := tx.ExecContext(ctx, d.sql(step.sql)); err != nil {
			return fmt.Errorf("to version %d: %w", step.version, err)
		}
		if err := setSchemaInfo(ctx, tx, step); err != nil {
			return err
		}
	}
	return nil
}

func setSchemaInfo(ctx context.Context, tx *sql.Tx, step migration) error {
	if _, err := tx.ExecContext(ctx, `DELETE FROM schema_info`); err != nil {
		return err
	}
	_, err := tx.ExecContext(ctx, `INSERT INTO schema_info (version, min_binary) VALUES ($1, $2)`,
		step.version, step.minBinary)
	return err
}

// takeAnyTime lifts the limit of a request's statement for a transaction.
func (d *DB) takeAnyTime(ctx context.Context, tx *sql.Tx) error {
	if d.dialect.lockMigrations == "" { // SQLite has no limit
		return nil
	}
	_, err := tx.ExecContext(ctx, "SET LOCAL statement_timeout = 0")
	return err
}
