package store

import (
	"cmp"
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"io"
	"strings"
	"sync/atomic"
	"time"

	tokens "example.com/authbook/03-token-scenarios"
	"modernc.org/sqlite"
)

// loader answers Load on SQLite: the read of every authenticated request. It
// asks the driver itself, on connections of its own with the query prepared.
// database/sql would do the same with a third more work, most of it to watch
// for the end of a context and to convert types.
type loader struct {
	dsn    string
	places chan *reader // nil: a place whose connection is not open
	closed atomic.Bool
}

// reader is one connection. It serves one call at a time.
type reader struct {
	conn driver.Conn
	load driver.Stmt // quickLoad, prepared
	args [1]driver.NamedValue
	row  [11]driver.Value // what the columns of quickLoad hold
}

// quickLoad is loadSession without what the caller knows. The + makes an
// expression of a column: else the driver would look up the column's declared
// type for each row.
const quickLoad = `
	SELECT +sessions.user_id, +sessions.generation, +sessions.created, +sessions.rotated, +sessions.expires,
		sessions.revoked IS NOT NULL,
		+users.username, +users.nickname, +users.roles, +users.disabled, +users.password_version
	FROM sessions JOIN users ON users.id = sessions.user_id
	WHERE sessions.id = $1`

func newLoader(dsn string, connections int) *loader {
	l := &loader{dsn: dsn, places: make(chan *reader, connections)}
	for range connections {
		l.places <- nil
	}
	return l
}

var errClosed = errors.New("the database is closed")

// load returns a session as of now, the store's time, and sql.ErrNoRows if
// there is no such session. A connection that fails is replaced at the next
// call.
func (l *loader) load(id string, now time.Time) (tokens.Snapshot, error) {
	r := <-l.places
	var err error
	if r == nil {
		if r, err = l.open(); err != nil {
			l.places <- nil
			return tokens.Snapshot{}, err
		}
	}
	snapshot, err := r.snapshot(id, now)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		err = errors.Join(err, r.close())
		r = nil
	}
	l.places <- r
	return snapshot, err
}

func (l *loader) open() (*reader, error) {
	if l.closed.Load() {
		return nil, errClosed
	}
	conn, err := (&sqlite.Driver{}).Open(l.dsn)
	if err != nil {
		return nil, err
	}
	stmt, err := conn.Prepare(quickLoad)
	if err != nil {
		return nil, errors.Join(err, conn.Close())
	}
	return &reader{conn: conn, load: stmt}, nil
}

// close waits for the calls in progress.
func (l *loader) close() error {
	l.closed.Store(true)
	var err error
	for range cap(l.places) {
		if r := <-l.places; r != nil {
			err = errors.Join(err, r.close())
		}
	}
	for range cap(l.places) {
		l.places <- nil // for calls that come too late
	}
	return err
}

func (r *reader) close() error { return errors.Join(r.load.Close(), r.conn.Close()) }

// snapshot reads one session. No context bounds it: the read takes some ten
// microseconds and waits for nobody.
func (r *reader) snapshot(id string, now time.Time) (tokens.Snapshot, error) {
	r.args[0] = driver.NamedValue{Ordinal: 1, Value: id}
	rows, err := r.load.(driver.StmtQueryContext).QueryContext(context.Background(), r.args[:])
	if err != nil {
		return tokens.Snapshot{}, err
	}
	err = rows.Next(r.row[:])
	if errors.Is(err, io.EOF) {
		err = sql.ErrNoRows
	}
	if err := cmp.Or(rows.Close(), err); err != nil {
		return tokens.Snapshot{}, err
	}
	return snapshotOf(id, &r.row, now)
}

// snapshotOf returns what the row says. A value of another type than the
// schema's is an error, never a zero: the zero of disabled would let somebody
// in.
func snapshotOf(id string, row *[11]driver.Value, now time.Time) (tokens.Snapshot, error) {
	ok := true
	user := column[string](row[0], &ok)
	session := tokens.Session{
		ID:         id,
		UserID:     user,
		Generation: column[int64](row[1], &ok),
		Created:    at(column[int64](row[2], &ok)),
		Rotated:    at(column[int64](row[3], &ok)),
		Expires:    at(column[int64](row[4], &ok)),
		Revoked:    column[int64](row[5], &ok) != 0,
	}
	owner := tokens.User{
		ID:              user,
		Username:        column[string](row[6], &ok),
		Nickname:        column[string](row[7], &ok),
		Roles:           strings.Fields(column[string](row[8], &ok)),
		Disabled:        column[int64](row[9], &ok) != 0,
		PasswordVersion: column[int64](row[10], &ok),
	}
	if !ok {
		return tokens.Snapshot{}, errors.New("a column holds another type than the schema's")
	}
	return tokens.Snapshot{Session: session, User: owner, Now: now}, nil
}

func column[T any](value driver.Value, ok *bool) T {
	v, is := value.(T)
	*ok = *ok && is
	return v
}
