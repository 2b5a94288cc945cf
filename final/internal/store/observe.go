package store

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"io"
	"net"
	"time"

	"github.com/jackc/pgx/v5/pgconn"
	"modernc.org/sqlite"
)

// Pools returns the pools of connections, by what they are for.
func (d *DB) Pools() map[string]*sql.DB {
	if d.read == d.write {
		return map[string]*sql.DB{"all": d.write}
	}
	return map[string]*sql.DB{"read": d.read, "write": d.write}
}

// observe tells who watches of a call that began then: how long it took, waits
// for a connection and a lock included, and whether the database failed it.
func (d *DB) observe(ctx context.Context, begun time.Time, err *error) {
	if d.Watched != nil {
		d.Watched(time.Since(begun), ctx.Err() != context.Canceled && d.inTrouble(*err))
	}
}

// inTrouble reports whether an error comes from the database, or from the way to
// it, and is no answer to what was asked.
func (d *DB) inTrouble(err error) bool {
	if d.isMissing(err) {
		return false
	}
	_, sqliteSays := errors.AsType[*sqlite.Error](err)
	_, postgresSays := errors.AsType[*pgconn.PgError](err)
	_, networkSays := errors.AsType[net.Error](err) // such as a deadline
	return sqliteSays || postgresSays || networkSays || errors.Is(err, driver.ErrBadConn) ||
		errors.Is(err, io.ErrUnexpectedEOF)
}
