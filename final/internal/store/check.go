package store

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// Check reports whether [Open] could open the database, and returns what [DB.Path]
// would. It makes no file and migrates nothing, so a server may be running on it.
func Check(ctx context.Context, databaseURL string) (path string, err error) {
	if !IsPostgres(databaseURL) {
		path, err := sqlitePath(databaseURL)
		if err != nil {
			return "", err
		}
		if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
			return path, checkFolder(filepath.Dir(path))
		}
	}
	d, err := connect(ctx, databaseURL)
	if err != nil {
		return "", err
	}
	d.patience = patience
	return d.path, errors.Join(d.checkSchema(ctx, schema()), d.Close())
}

// checkSchema refuses a schema that a newer release has made unusable for this
// one. A new database has none yet.
func (d *DB) checkSchema(ctx context.Context, steps []migration) error {
	version, minBinary, err := d.look(ctx)
	if err != nil {
		return nil
	}
	return checkBinary(version, minBinary, steps[len(steps)-1].version)
}

// checkFolder reports whether a file could be made in a folder. Where it is not
// there, the one that would hold it counts.
func checkFolder(dir string) error {
	_, err := os.Stat(dir)
	if parent := filepath.Dir(dir); errors.Is(err, fs.ErrNotExist) && parent != dir {
		return checkFolder(parent)
	}
	if err == nil {
		err = checkWritable(dir)
	}
	if err != nil {
		return fmt.Errorf("database directory %s is not writable; choose a file in another folder: %w", dir, err)
	}
	return nil
}
