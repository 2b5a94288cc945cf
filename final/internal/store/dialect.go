package store

import "strings"

// dialect is what differs between the databases.
type dialect struct {
	name  string
	words *strings.Replacer // spells the words in braces
	// now is the argument $1 of a query that says {now}.
	now func() any
	// lockMigrations is a statement that lets one transaction at a time
	// migrate. "" where a transaction does so by itself.
	lockMigrations string
	// transient reports whether err says that the transaction met another one
	// and may succeed when it is tried again.
	transient func(err error) bool
	// unstorable reports whether err says that no row can ever hold an
	// argument, such as a name with a NUL in it.
	unstorable func(err error) bool
}

// sql spells a query for the database.
func (d *DB) sql(query string) string { return d.dialect.words.Replace(query) }
