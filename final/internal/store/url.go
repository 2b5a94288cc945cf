package store

import (
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"unicode"
)

// IsPostgres reports whether the URL names a PostgreSQL, and else it names a
// SQLite file. The letters of a scheme may be small or capital (RFC 3986
// section 3.1).
func IsPostgres(databaseURL string) bool {
	scheme, _ := cutScheme(databaseURL)
	return scheme == "postgres" || scheme == "postgresql"
}

// cutScheme returns the scheme in small letters, and what follows the colon.
// Without a colon there is no scheme.
func cutScheme(databaseURL string) (scheme, rest string) {
	scheme, rest, found := strings.Cut(databaseURL, ":")
	if !found {
		return "", databaseURL
	}
	return strings.ToLower(scheme), rest
}

var (
	errNotPlain = errors.New("database: the value is neither a file nor a postgres:// URL; " +
		"write a file as ./data/authbook.db, and PostgreSQL as postgres://user:password@host/database")
	errEnds = errors.New("database: the value begins or ends with a blank or a quote; write it without")
	errNone = errors.New("database: the value is empty or in memory; name a file, or a postgres:// URL")
)

// postgresURL returns the URL as pgx reads it.
func postgresURL(databaseURL string) (string, error) {
	if !isClean(databaseURL) {
		return "", errEnds
	}
	scheme, rest := cutScheme(databaseURL)
	if !strings.HasPrefix(rest, "//") || strings.ContainsFunc(rest, unicode.IsSpace) {
		return "", errNotPlain
	}
	return scheme + ":" + rest, nil
}

// sqlitePath returns the file that the text plainly names. A text that is meant
// for PostgreSQL, and taken for the name of a file, would start a server on an
// empty database. The error does not repeat the text: a password may be in it.
func sqlitePath(databaseURL string) (string, error) {
	if databaseURL == "" || databaseURL == ":memory:" {
		return "", errNone
	}
	if !isClean(databaseURL) {
		return "", errEnds
	}
	switch scheme, rest := cutScheme(databaseURL); {
	case scheme == "sqlite" || scheme == "file":
		return pathInURL(databaseURL)
	case isWord(scheme) && strings.HasPrefix(rest, "//"):
		return "", fmt.Errorf("database: unknown scheme %q: use a file's path, or a postgres:// URL", scheme)
	case foreign.MatchString(databaseURL) || !isPath(databaseURL):
		return "", errNotPlain
	}
	return databaseURL, nil
}

// foreign finds what stands in texts for other databases: a scheme, a password
// before a host, and settings such as dbname=auth or ?mode=ro.
var foreign = regexp.MustCompile(`://|:[^/]*@|(^|[\s?&;])\w+\s*=`)

var isWord = regexp.MustCompile(`^[a-z][a-z0-9+.-]*$`).MatchString

// isClean reports whether the text has no blank or quote at its ends, where
// shells and env files leave them, and no control character.
func isClean(text string) bool {
	return strings.Trim(text, `"'`+"`") == text && strings.TrimSpace(text) == text &&
		!strings.ContainsFunc(text, unicode.IsControl)
}

// isPath reports whether a text without a scheme is a file: it begins as a path
// does, or has the ending of a database, or is there already. Nothing here
// expands ~ or $HOME.
func isPath(text string) bool {
	if strings.HasPrefix(text, "//") {
		return false // what is left of a URL without its scheme
	}
	if filepath.IsAbs(text) || slices.Contains([]string{".", ".."}, firstElement(text)) {
		return true
	}
	if strings.ContainsAny(text, ":=@~$") {
		return false
	}
	info, err := os.Stat(text)
	isThere := err == nil && info.Mode().IsRegular()
	return isThere || slices.Contains([]string{".db", ".sqlite", ".sqlite3"}, filepath.Ext(text))
}

func firstElement(path string) string {
	first, _, _ := strings.Cut(filepath.ToSlash(path), "/")
	return first
}

var errNoURL = errors.New("database: not a URL")

// pathInURL returns the path in a sqlite: or file: URL.
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
	if !isClean(path) || foreign.MatchString(path) || strings.HasPrefix(path, "~") {
		return "", errNotPlain
	}
	return path, nil
}

// existingPath is sqlitePath for a file that must be there.
func existingPath(databaseURL string) (string, error) {
	path, err := sqlitePath(databaseURL)
	if err != nil {
		return "", err
	}
	if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
		return "", fmt.Errorf("there is no database %s; is this the folder in which the server runs?", path)
	}
	return path, nil
}
