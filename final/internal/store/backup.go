package store

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"
)

// Backup writes a copy of the SQLite database, as it is at this moment, to a
// new file of mode 0600. The server may be running. It fails if the file
// exists, and leaves none behind when it fails. A PostgreSQL database is
// backed up with pg_dump.
func (d *DB) Backup(ctx context.Context, path string) (err error) {
	defer wrap(&err, "back up")
	if d.path == "" {
		return fmt.Errorf("%s: use pg_dump", d.dialect.name)
	}
	path, err = filepath.Abs(path)
	if err != nil {
		return err
	}
	file, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	if err := errors.Join(d.copyTo(ctx, path), file.Sync(), file.Close()); err != nil {
		return errors.Join(err, os.Remove(path))
	}
	return nil
}

// copyTo fills the empty file (https://sqlite.org/lang_vacuum.html#vacuuminto).
func (d *DB) copyTo(ctx context.Context, path string) error {
	_, err := d.read.ExecContext(ctx, "VACUUM INTO $1", path)
	return err
}

// LastBackup is until when all is in a copy in the folder backups beside the SQLite
// file, and in one that has left the machine; 1970 for none. The units of 05-deploy
// keep the copies there. Where nothing has changed since the newest one, they note the
// time in the file complete, and for the other one in the file elsewhere.
func (d *DB) LastBackup() (here, elsewhere time.Time) {
	dir := filepath.Join(filepath.Dir(d.path), "backups")
	here = time.Unix(0, 0)
	copies, _ := filepath.Glob(filepath.Join(dir, "*.db")) // the pattern is right
	for _, path := range copies {
		if made := modified(path); made.After(here) {
			here = made
		}
	}
	if seen := modified(filepath.Join(dir, "complete")); len(copies) > 0 && seen.After(here) {
		here = seen
	}
	return here, modified(filepath.Join(dir, "elsewhere"))
}

// modified is the time of a file, and 1970 for one that is not there.
func modified(path string) time.Time {
	info, err := os.Stat(path)
	if err != nil {
		return time.Unix(0, 0)
	}
	return info.ModTime()
}
