package store

import (
	"context"
	"database/sql"
	"errors"
	"io/fs"
	"time"
)

// Store is the users, sessions and failures of one database. It is safe for
// concurrent use.
type Store struct {
	dialect      dialect
	read         *sql.DB
	write        *sql.DB     // the same as read on PostgreSQL
	loadPrepared *sql.Stmt   // nil on PostgreSQL
	group        *group      // nil on PostgreSQL
	path         string      // of the SQLite file
	file         fs.FileInfo // the SQLite file itself, which may lose its path
	unverified   bool        // see Unverified
	patience     time.Duration
	writable     writeCheck
	clock        clock // of PostgreSQL
}

// Open opens the database that the URL names and brings its schema up to date:
//
//	./data/authbook.db, sqlite:data/authbook.db, file:///srv/authbook.db   SQLite
//	postgres://user@host/authbook, postgresql://…                          PostgreSQL
//
// A missing SQLite file is created, with its directory. A text that is neither
// plainly a file nor a PostgreSQL is refused. The error is one line that an
// operator can act on, and holds no password.
func Open(ctx context.Context, databaseURL string) (*Store, error) {
	return open(ctx, databaseURL, schema())
}

func open(ctx context.Context, databaseURL string, schema []migration) (*Store, error) {
	s, err := connect(ctx, databaseURL)
	if err != nil {
		return nil, err
	}
	return s, s.begin(ctx, schema)
}

// begin makes a store that is connected ready for use, or closes it.
func (s *Store) begin(ctx context.Context, schema []migration) error {
	s.patience = patience
	if err := s.migrate(ctx, schema); err != nil {
		return errors.Join(err, s.Close())
	}
	if err := s.checkReads(ctx); err != nil { // and reads the clock
		return errors.Join(err, s.Close())
	}
	if err := s.prepareLoad(ctx); err != nil {
		return errors.Join(err, s.Close())
	}
	return nil
}

// openOwn opens the SQLite file at path, and makes it if it is not there.
func openOwn(ctx context.Context, path string, schema []migration) (*Store, error) {
	s, err := connectSQLite(ctx, path)
	if err != nil {
		return nil, err
	}
	return s, s.begin(ctx, schema)
}

// OpenExisting is Open for a command about a database that is there already: a
// SQLite file that is missing is an error, and most likely a typo.
func OpenExisting(ctx context.Context, databaseURL string) (*Store, error) {
	if !IsPostgres(databaseURL) {
		if _, err := existingPath(databaseURL); err != nil {
			return nil, err
		}
	}
	return Open(ctx, databaseURL)
}

func connect(ctx context.Context, databaseURL string) (*Store, error) {
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
func (s *Store) Path() string { return s.path }

// Unverified reports whether somebody on the network could pose as the
// PostgreSQL server, or read what it is told.
func (s *Store) Unverified() bool { return s.unverified }

// Close closes every connection. The store must not be used afterwards.
func (s *Store) Close() (err error) {
	defer wrap(&err, "close")
	if s.read == s.write {
		return s.write.Close()
	}
	// The writer last: the last connection to close folds the WAL into the
	// database, so that the file alone is complete.
	return errors.Join(s.read.Close(), s.write.Close())
}
