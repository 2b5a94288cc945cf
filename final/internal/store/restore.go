package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// Restore replaces all users by those of a copy that [DB.Backup] made, and
// ends every session: the copy knows nothing of what was logged out since. Log-in
// failures stay, so that a restore opens no door to guessing. It is one
// transaction, and the server may be running. The copy may be of an older
// release. It returns how many users there are now.
//
// The copy is a file from outside. Its schema must be one that a release made,
// and each row must pass [CheckUser]. A row that does not goes to leaveOut, and
// the others are restored; where leaveOut is nil, the copy is refused.
//
// The new file aside gets the database as it was up to this very transaction:
// who signs up meanwhile is in it, or waits and is added afterwards.
//
// The error says in one line what is wrong with the copy; nothing has changed
// then. A PostgreSQL database is restored with pg_restore.
func (d *DB) Restore(ctx context.Context, path, aside string, leaveOut func(error)) (users int64, err error) {
	defer wrap(&err, "restore")
	if d.path == "" {
		return 0, fmt.Errorf("%s: use pg_restore, and then: DELETE FROM sessions", d.dialect.name)
	}
	if err := d.checkOther(path); err != nil {
		return 0, err
	}
	dir, err := os.MkdirTemp(filepath.Dir(d.path), ".restore-*")
	if err != nil {
		return 0, err
	}
	defer os.RemoveAll(dir)
	copied, err := takeCopy(path, dir)
	if err != nil {
		return 0, err
	}
	if err := copied.check(ctx, dir); err != nil {
		return 0, err
	}
	staged := filepath.Join(dir, "staged.db")
	if err := copied.stage(ctx, staged, leaveOut); err != nil {
		return 0, err
	}
	return d.takeUsers(ctx, staged, aside)
}

// checkOther refuses a copy that is not there, or is the database itself.
func (d *DB) checkOther(path string) error {
	there, err := os.Stat(path)
	if errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("there is no file %s", path)
	}
	if err != nil {
		return err
	}
	if !there.Mode().IsRegular() {
		return fmt.Errorf("%s is not a file", path)
	}
	if own, err := os.Stat(d.path); err == nil && os.SameFile(there, own) {
		return fmt.Errorf("%s is the database itself, and no copy of it", path)
	}
	return nil
}

// takeUsers replaces the users by those of the database at path, which this
// release has made. While it holds the lock nobody else writes, and the file
// aside gets what everybody reads.
func (d *DB) takeUsers(ctx context.Context, path, aside string) (users int64, err error) {
	conn, err := d.write.Conn(ctx)
	if err != nil {
		return 0, err
	}
	defer conn.Close()
	if _, err := conn.ExecContext(ctx, "ATTACH DATABASE $1 AS staged", path); err != nil {
		return 0, err
	}
	defer conn.ExecContext(context.WithoutCancel(ctx), "DETACH DATABASE staged")
	tx, err := conn.BeginTx(ctx, nil)
	if err != nil {
		return 0, err
	}
	defer tx.Rollback() // does nothing after Commit
	if err := d.Backup(ctx, aside); err != nil {
		return 0, err
	}
	if users, err = replaceUsers(ctx, tx); err != nil {
		return 0, errors.Join(err, os.Remove(aside)) // nothing has changed
	}
	return users, tx.Commit()
}

func replaceUsers(ctx context.Context, tx *sql.Tx) (users int64, err error) {
	for _, statement := range []string{
		"DELETE FROM main.sessions",
		"DELETE FROM main.users",
		"INSERT INTO main.users (" + userColumns + ") SELECT " + userColumns + " FROM staged.users",
	} {
		if users, err = execute(ctx, tx, statement); err != nil {
			return 0, err
		}
	}
	return users, nil
}
