package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"strings"
	"time"
)

// Store is the users, sessions and failures of one database. It is safe for
// concurrent use.
type Store struct {
	dialect    dialect
	read       *sql.DB
	write      *sql.DB     // the same as read on PostgreSQL
	loader     *loader     // nil on PostgreSQL
	group      *group      // nil on PostgreSQL
	path       string      // of the SQLite file
	file       fs.FileInfo // the SQLite file itself, which may lose its path
	unverified bool        // see Unverified
	patience   time.Duration
	writable   writeCheck
	clock      clock // of PostgreSQL
}

// Open opens the database that the URL names and brings its schema up to date:
//
//	./data/authbook.db, sqlite:data/authbook.db, file:///srv/authbook.db   SQLite
//	postgres://user@host/authbook, postgresql://…                          PostgreSQL
//
// A missing SQLite file is created, with its directory. The error is one line
// that an operator can act on, and holds no password.
func Open(ctx context.Context, databaseURL string) (*Store, error) {
	return open(ctx, databaseURL, schema())
}

func open(ctx context.Context, databaseURL string, schema []migration) (*Store, error) {
	s, err := connect(ctx, databaseURL)
	if err != nil {
		return nil, err
	}
	s.patience = patience
	if err := s.migrate(ctx, schema); err != nil {
		return nil, errors.Join(err, s.Close())
	}
	if err := s.checkReads(ctx); err != nil { // and reads the clock
		return nil, errors.Join(err, s.Close())
	}
	return s, nil
}

// OpenExisting is Open for a command about a database that is there already: a
// SQLite file that is missing is an error, and most likely a typo.
func OpenExisting(ctx context.Context, databaseURL string) (*Store, error) {
	if !IsPostgres(databaseURL) {
		path, err := sqlitePath(databaseURL)
		if err != nil {
			return nil, err
		}
		if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
			return nil, fmt.Errorf("there is no database %s; is this the folder in which the server runs?", path)
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

// IsPostgres reports whether the URL names a PostgreSQL, and else it names a
// SQLite file.
func IsPostgres(databaseURL string) bool {
	return strings.HasPrefix(databaseURL, "postgres:") || strings.HasPrefix(databaseURL, "postgresql:")
}

// sqlitePath returns the file that the URL names.
func sqlitePath(databaseURL string) (string, error) {
	scheme, _, hasScheme := strings.Cut(databaseURL, ":")
	switch {
	case scheme == "sqlite" || scheme == "file":
		return pathInURL(databaseURL)
	case databaseURL == "" || databaseURL == ":memory:":
		return "", fmt.Errorf("database %q: name a file, or a postgres:// URL", databaseURL)
	case hasScheme && strings.HasPrefix(databaseURL[len(scheme):], "://"):
		return "", fmt.Errorf("database: unknown scheme %q: use a file's path, or a postgres:// URL", scheme)
	}
	return databaseURL, nil
}

var errNoURL = errors.New("database: not a URL")

// pathInURL returns the path in a sqlite: or file: URL. Its errors don't repeat
// the URL, which may be that of another database, with a password.
func pathInURL(databaseURL string) (string, error) {
	u, err := url.Parse(databaseURL)
	if err != nil {
		return "", errNoURL
	}
	path := u.Path
	if u.Opaque != "" { // sqlite:data/authbook.db
		if path, err = url.PathUnescape(u.Opaque); err != nil {
			return "", errNoURL
		}
	}
	if path == "" || path == ":memory:" || u.Host != "" || u.RawQuery != "" || u.Fragment != "" {
		return "", fmt.Errorf("database: want %s:PATH and nothing else", u.Scheme)
	}
	return path, nil
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
	return errors.Join(s.loader.close(), s.read.Close(), s.write.Close())
}
