package store

import (
	"context"
	"database/sql"
	"errors"
	"io/fs"
	"time"
)

// DB is an open database. [NewUsers], [NewSessions] and [NewFailures] are what it
// holds. It is safe for concurrent use, and so are they.
type DB struct {
	dialect    dialect
	read       *sql.DB
	write      *sql.DB     // the same as read on PostgreSQL
	lookUps    *lookUps    // nil on PostgreSQL
	group      *group      // nil on PostgreSQL
	path       string      // of the SQLite file
	file       fs.FileInfo // the SQLite file itself, which may lose its path
	unverified bool        // see Unverified
	patience   time.Duration
	writable   writeCheck
	clock      clock // of PostgreSQL

	// Watched, where it is set before the first use, gets of each call how long it
	// took and whether the database failed it.
	Watched func(took time.Duration, failed bool)
}

// Open opens the database that the URL names and brings its schema up to date:
//
//	./data/authbook.db, sqlite:data/authbook.db, file:///srv/authbook.db   SQLite
//	postgres://user@host/authbook, postgresql://…                          PostgreSQL
//
// A missing SQLite file is created, with its directory. A text that is neither
// plainly a file nor a PostgreSQL is refused. The error is one line that an
// operator can act on, and holds no password.
func Open(ctx context.Context, databaseURL string) (*DB, error) {
	return open(ctx, databaseURL, schema())
}

func open(ctx context.Context, databaseURL string, schema []migration) (*DB, error) {
	d, err := connect(ctx, databaseURL)
	if err != nil {
		return nil, err
	}
	return d, d.begin(ctx, schema)
}

// begin makes a database that is connected ready for use, or closes it.
func (d *DB) begin(ctx context.Context, schema []migration) error {
	d.patience = patience
	if err := d.setUp(ctx, schema); err != nil {
		return errors.Join(err, d.Close())
	}
	return nil
}

func (d *DB) setUp(ctx context.Context, schema []migration) error {
	if err := d.migrate(ctx, schema); err != nil {
		return err
	}
	return d.checkReads(ctx) // and reads the clock
}

// openOwn opens the SQLite file at path, and makes it if it is not there.
func openOwn(ctx context.Context, path string, schema []migration) (*DB, error) {
	d, err := connectSQLite(ctx, path)
	if err != nil {
		return nil, err
	}
	return d, d.begin(ctx, schema)
}

// OpenExisting is Open for a command about a database that is there already: a
// SQLite file that is missing is an error, and most likely a typo.
func OpenExisting(ctx context.Context, databaseURL string) (*DB, error) {
	if !IsPostgres(databaseURL) {
		if _, err := existingPath(databaseURL); err != nil {
			return nil, err
		}
	}
	return Open(ctx, databaseURL)
}

func connect(ctx context.Context, databaseURL string) (*DB, error) {
	if IsPostgres(databaseURL) {
		return connectPostgres(ctx, databaseURL)
	}
	path, err := sqlitePath(databaseURL)
	if err != nil {
		return nil, err
	}
	return connectSQLite(ctx, path)
}

// Path returns the file of a SQLite database, and "" on PostgreSQL.
func (d *DB) Path() string { return d.path }

// Unverified reports whether somebody on the network could pose as the
// PostgreSQL server, or read what it is told.
func (d *DB) Unverified() bool { return d.unverified }

// Close closes every connection. The store must not be used afterwards.
func (d *DB) Close() (err error) {
	defer wrap(&err, "close")
	if d.read == d.write {
		return d.write.Close()
	}
	// The writer last: the last connection to close folds the WAL into the
	// database, so that the file alone is complete.
	return errors.Join(d.read.Close(), d.write.Close())
}
