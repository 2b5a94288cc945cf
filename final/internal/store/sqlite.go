package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"time"

	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"
)

func sqliteDialect() dialect {
	return dialect{
		name: "SQLite",
		words: strings.NewReplacer(
			"{now}", "$1",
			"{least}", "min",
			"{bytes}", "BLOB",
			"{position}", "instr",
			// Rows live in the index of the primary key: one search, not two.
			"{clustered}", "WITHOUT ROWID",
			// BEGIN IMMEDIATE has locked everything already.
			"{for update}", "",
			"{for no key update}", "",
		),
		now:        func() any { return time.Now().UnixMicro() },
		transient:  func(error) bool { return false }, // busy_timeout waits inside SQLite
		unstorable: func(error) bool { return false },
	}
}

// connectSQLite opens the file, and creates it and its directory if need be.
func connectSQLite(ctx context.Context, path string) (*DB, error) {
	path, err := filepath.Abs(path)
	if err != nil {
		return nil, fmt.Errorf("database %q: %w", path, err)
	}
	if err := makeFile(path); err != nil {
		return nil, err
	}
	d := &DB{dialect: sqliteDialect(), path: path, lookUps: newLookUps()}
	if d.file, err = os.Stat(path); err != nil {
		return nil, fmt.Errorf("database: %w", err)
	}
	if d.write, err = openFile(path, 1, writerOptions()); err != nil {
		return nil, err
	}
	d.group = newGroup(d)
	if d.read, err = openFile(path, readers(), readerOptions()); err != nil {
		return nil, errors.Join(err, d.write.Close())
	}
	if err := d.firstContact(ctx); err != nil {
		return nil, errors.Join(explainSQLite(path, err), d.Close())
	}
	return d, nil
}

// contacts bounds how often the first contact is tried: for about a second.
const contacts = 8

// firstContact opens the first connection. Of servers that start at once on a
// new file each wants to turn it to WAL, and for that SQLite does not wait as
// busy_timeout says: all but one fail at once.
func (d *DB) firstContact(ctx context.Context) error {
	for n := 1; ; n++ {
		err := d.write.PingContext(ctx)
		if !hasCode(err, sqlite3.SQLITE_BUSY) || n == contacts || !pause(ctx, n) {
			return err
		}
	}
}

// makeFile creates the file before SQLite would, for its mode. SQLite gives
// the -wal and -shm files beside it the same mode.
func makeFile(path string) error {
	dir := filepath.Dir(path)
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return fmt.Errorf("database directory %s cannot be made; "+
			"choose a file in a folder that you may write to: %w", dir, err)
	}
	if err := checkWritable(dir); err != nil {
		return fmt.Errorf("database directory %s is not writable; "+
			"make it so, or choose a file in another folder: %w", dir, err)
	}
	file, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return fmt.Errorf("database: %w", err)
	}
	return file.Close()
}

// checkWritable tries what SQLite needs: to create files beside the database.
func checkWritable(dir string) error {
	probe, err := os.CreateTemp(dir, ".authbook-*")
	if err != nil {
		return errors.Unwrap(err) // without the name of the probe
	}
	return errors.Join(probe.Close(), os.Remove(probe.Name()))
}

// writerOptions are those of the one connection that writes. A transaction
// takes the write lock when it begins: one that upgrades later would fail at
// once where another wrote in between.
func writerOptions() url.Values {
	return url.Values{
		"_txlock": {"immediate"},
		"_pragma": {"busy_timeout(5000)", "journal_mode(wal)", "synchronous(full)", "foreign_keys(on)"},
	}
}

func readerOptions() url.Values {
	return url.Values{"_pragma": {"busy_timeout(5000)"}}
}

// readers is the number of connections that read. A read is some ten
// microseconds of CPU and waits for nothing, so more connections than CPUs
// gain nothing. Four let a backup run beside the requests of a small machine.
func readers() int { return max(4, runtime.NumCPU()) }

func dsn(path string, options url.Values) string {
	u := url.URL{Scheme: "file", Path: path, RawQuery: options.Encode()}
	return u.String()
}

func openFile(path string, connections int, options url.Values) (*sql.DB, error) {
	db, err := sql.Open("sqlite", dsn(path, options))
	if err != nil {
		return nil, fmt.Errorf("database %s: %w", path, err)
	}
	db.SetMaxOpenConns(connections)
	db.SetMaxIdleConns(connections)
	return db, nil
}

// checkFile reports whether the path still leads to the file that is open. If it
// was deleted or replaced, SQLite goes on as if nothing had happened, and all
// that is written is gone with the process.
func (d *DB) checkFile() error {
	if d.file == nil {
		return nil
	}
	now, err := os.Stat(d.path)
	if err != nil {
		return err
	}
	if !os.SameFile(d.file, now) {
		return fmt.Errorf("database %s: the file was replaced while it was in use; start the server again", d.path)
	}
	return nil
}

// explainSQLite says what an error at the first use means to an operator.
func explainSQLite(path string, err error) error {
	if hasCode(err, sqlite3.SQLITE_NOTADB) {
		return fmt.Errorf("database %s: not a SQLite database", path)
	}
	return fmt.Errorf("database %s: %w", path, err)
}

// hasCode reports whether SQLite failed for this reason, in any of its kinds.
func hasCode(err error, code int) bool {
	e, ok := errors.AsType[*sqlite.Error](err)
	return ok && e.Code()&0xff == code
}
