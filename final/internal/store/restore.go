package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// Restore replaces all users by those of a copy that [Store.Backup] made, and
// ends every session: the copy knows nothing of what was logged out since. Log-in
// failures stay, so that a restore opens no door to guessing. It is one
// transaction, and the server may be running. The copy may be of an older
// release. It returns how many users there are now.
//
// The new file aside gets the database as it was up to this very transaction:
// who signs up meanwhile is in it, or waits and is added afterwards.
//
// The error says in one line what is wrong with the copy; nothing has changed
// then. A PostgreSQL database is restored with pg_restore.
func (s *Store) Restore(ctx context.Context, path, aside string) (users int64, err error) {
	defer wrap(&err, "restore")
	if s.path == "" {
		return 0, fmt.Errorf("%s: use pg_restore, and then: DELETE FROM sessions", s.dialect.name)
	}
	if err := s.checkOther(path); err != nil {
		return 0, err
	}
	if path, err = filepath.Abs(path); err != nil { // a file: URL would take a relative name for a host
		return 0, err
	}
	dir, err := os.MkdirTemp(filepath.Dir(s.path), ".restore-*")
	if err != nil {
		return 0, err
	}
	defer os.RemoveAll(dir)
	current := filepath.Join(dir, "copy.db")
	if err := readCopy(ctx, path, current); err != nil {
		return 0, err
	}
	// Open brings the copy's schema up to date, so that its columns are ours.
	upToDate, err := Open(ctx, current)
	if err != nil {
		return 0, err
	}
	if err := upToDate.Close(); err != nil {
		return 0, err
	}
	return s.takeUsers(ctx, current, aside)
}

// checkOther refuses a copy that is not there, or is the database itself.
func (s *Store) checkOther(path string) error {
	there, err := os.Stat(path)
	if errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("there is no file %s", path)
	}
	if err != nil {
		return err
	}
	if own, err := os.Stat(s.path); err == nil && os.SameFile(there, own) {
		return fmt.Errorf("%s is the database itself, and no copy of it", path)
	}
	return nil
}

// readCopy checks that the file at path is a whole database of ours, and copies
// it to a new file.
func readCopy(ctx context.Context, path, to string) error {
	from, err := openFile(path, 1, readerOptions())
	if err != nil {
		return err
	}
	defer from.Close()
	var verdict string
	if err := from.QueryRowContext(ctx, "PRAGMA integrity_check(1)").Scan(&verdict); err != nil {
		return explainSQLite(path, err)
	}
	if verdict != "ok" {
		return fmt.Errorf("%s is damaged: %s", path, strings.Join(strings.Fields(verdict), " "))
	}
	var version int
	if err := from.QueryRowContext(ctx, "SELECT version FROM schema_info").Scan(&version); err != nil {
		return fmt.Errorf("%s is no copy of an authbook database", path)
	}
	steps := schema()
	if newest := steps[len(steps)-1].version; version > newest {
		return fmt.Errorf("%s was made by a newer release (schema %d; this one knows %d): restore it with that release", path, version, newest)
	}
	_, err = from.ExecContext(ctx, "VACUUM INTO $1", to)
	return err
}

// takeUsers replaces the users by those of the database at path. While it holds
// the lock nobody else writes, and the file aside gets what everybody reads.
func (s *Store) takeUsers(ctx context.Context, path, aside string) (users int64, err error) {
	conn, err := s.write.Conn(ctx)
	if err != nil {
		return 0, err
	}
	defer conn.Close()
	if _, err := conn.ExecContext(ctx, "ATTACH DATABASE $1 AS backup", path); err != nil {
		return 0, err
	}
	defer conn.ExecContext(context.WithoutCancel(ctx), "DETACH DATABASE backup")
	tx, err := conn.BeginTx(ctx, nil)
	if err != nil {
		return 0, err
	}
	defer tx.Rollback() // does nothing after Commit
	if err := s.Backup(ctx, aside); err != nil {
		return 0, err
	}
	if users, err = replaceUsers(ctx, tx); err != nil {
		return 0, errors.Join(err, os.Remove(aside)) // nothing has changed
	}
	return users, tx.Commit()
}

// replaceUsers takes the columns that this release knows, by our names. What
// else the copy has, and what it calls it, is no part of a statement.
func replaceUsers(ctx context.Context, tx *sql.Tx) (users int64, err error) {
	for _, statement := range []string{
		"DELETE FROM main.sessions",
		"DELETE FROM main.users",
		"INSERT INTO main.users (" + userColumns + ") SELECT " + userColumns + " FROM backup.users",
	} {
		if users, err = execute(ctx, tx, statement); err != nil {
			return 0, err
		}
	}
	return users, nil
}
