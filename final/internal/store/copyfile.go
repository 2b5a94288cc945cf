package store

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// copyFile is a copy of a database that an operator hands over. It comes from
// outside: its names, its schema and its rows are data, and none of them is
// believed.
type copyFile struct {
	name string // as the operator calls it
	path string // where our own copy of its bytes is
}

// takeCopy copies the bytes of the file into dir. So what is checked is what is
// read afterwards, whatever becomes of the file meanwhile, and SQLite writes
// nothing beside it.
func takeCopy(name, dir string) (copyFile, error) {
	c := copyFile{name: name, path: filepath.Join(dir, "copy.db")}
	from, err := os.Open(name)
	if err != nil {
		return c, err
	}
	defer from.Close()
	header := make([]byte, 100)
	n, err := io.ReadFull(from, header)
	if err != nil && !errors.Is(err, io.ErrUnexpectedEOF) && !errors.Is(err, io.EOF) {
		return c, err
	}
	if err := c.checkHeader(header[:n]); err != nil {
		return c, err
	}
	size, err := writeFile(c.path, io.MultiReader(bytes.NewReader(header), from))
	if err == nil && size < sizeIn(header) {
		err = fmt.Errorf("%s is malformed: it is cut off after %d of %d bytes", c.name, size, sizeIn(header))
	}
	return c, err
}

func writeFile(path string, from io.Reader) (size int64, err error) {
	to, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return 0, err
	}
	size, err = io.Copy(to, from)
	return size, errors.Join(err, to.Close())
}

// sizeIn returns the size of the file as its header tells it: the size of a
// page, for which 1 stands for 65536, by the number of pages. SQLite takes what
// is missing of the last page for zeros.
func sizeIn(header []byte) int64 {
	page := int64(binary.BigEndian.Uint16(header[16:]))
	if page == 1 {
		page = 65536
	}
	return page * int64(binary.BigEndian.Uint32(header[28:]))
}

// checkHeader looks at the first bytes of the file
// (https://sqlite.org/fileformat2.html#the_database_header). A copy that
// Backup made is never in WAL mode. A file that is has been in use, and what
// was written last may be in a file beside it.
func (c copyFile) checkHeader(header []byte) error {
	const magic, writeVersion, readVersion, wal = "SQLite format 3\x00", 18, 19, 2
	switch {
	case len(header) == 0:
		return c.isNone()
	case len(header) < 100 || !bytes.HasPrefix(header, []byte(magic)):
		return fmt.Errorf("%s is not a SQLite database", c.name)
	case header[writeVersion] == wal || header[readVersion] == wal:
		return fmt.Errorf("%s is a database that was in use, and what it lacks may be in a file beside it; "+
			"make a copy of it first: DATABASE_URL=%s final backup COPY", c.name, c.name)
	}
	return nil
}

func (c copyFile) isNone() error { return fmt.Errorf("%s is no copy of an authbook database", c.name) }

// unreadable quotes SQLite's message, which repeats names of the file.
func (c copyFile) unreadable(err error) error {
	return fmt.Errorf("%s cannot be read: %.200q", c.name, err.Error())
}

// untrusted are the options with which SQLite reads a file from outside: it
// writes nothing, and runs no function that the file's schema names
// (https://sqlite.org/security.html). This driver loads no extensions.
func untrusted() url.Values {
	return url.Values{
		"mode": {"ro"}, "immutable": {"1"},
		"_pragma": {"trusted_schema(off)", "query_only(on)", "cell_size_check(on)"},
	}
}

// check makes sure that the file is whole, and that its schema is, word for
// word, one that this release or an older one makes. Then nothing in it can
// run: no trigger, no view, no computed column. It uses dir for a file.
func (c copyFile) check(ctx context.Context, dir string) error {
	db, err := openFile(c.path, 1, untrusted())
	if err != nil {
		return err
	}
	defer db.Close()
	theirs, err := objectsOf(ctx, db)
	if err != nil {
		return c.unreadable(err)
	}
	steps, err := c.steps(ctx, db, theirs)
	if err != nil {
		return err
	}
	ours, err := objectsAfter(ctx, filepath.Join(dir, "schema.db"), steps)
	if err != nil {
		return err
	}
	if err := c.compare(theirs, ours); err != nil {
		return err
	}
	return c.checkIntegrity(ctx, db)
}

// steps returns the migrations that have made the file.
func (c copyFile) steps(ctx context.Context, db *sql.DB, theirs []object) ([]migration, error) {
	if !slices.ContainsFunc(theirs, isSchemaInfo) {
		return nil, c.isNone()
	}
	var version int
	if err := db.QueryRowContext(ctx, "SELECT version FROM schema_info").Scan(&version); err != nil {
		return nil, c.isNone()
	}
	steps := schema()
	if newest := steps[len(steps)-1].version; version > newest {
		return nil, fmt.Errorf("%s was made by a newer release (schema %d; this one knows %d): restore it with that release",
			c.name, version, newest)
	}
	last := slices.IndexFunc(steps, func(step migration) bool { return step.version == version })
	if last < 0 {
		return nil, c.isNone()
	}
	return steps[:last+1], nil
}

// compare finds the first difference between the file's schema and ours.
func (c copyFile) compare(theirs, ours []object) error {
	for _, o := range theirs {
		if !slices.Contains(ours, o) && !isStatistics(o) && !isFirstIndex(o) {
			return fmt.Errorf("%s: its schema has %.60q, which no release made so; only rows of a copy may be changed",
				c.name, o.name)
		}
	}
	for _, o := range ours {
		if !slices.ContainsFunc(theirs, func(t object) bool { return t.kind == o.kind && t.name == o.name }) {
			return fmt.Errorf("%s: its schema lacks %q; only rows of a copy may be changed", c.name, o.name)
		}
	}
	return nil
}

func (c copyFile) checkIntegrity(ctx context.Context, db *sql.DB) error {
	var verdict string
	if err := db.QueryRowContext(ctx, "PRAGMA integrity_check(1)").Scan(&verdict); err != nil {
		return c.unreadable(err)
	}
	if verdict != "ok" {
		return fmt.Errorf("%s is damaged: %.200q", c.name, strings.Join(strings.Fields(verdict), " "))
	}
	return nil
}
