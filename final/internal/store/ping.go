package store

import (
	"context"
	"database/sql"
	"sync"
	"time"
)

// Ping reports whether the database answers and takes writes that last, for a
// readiness check: without writes nobody can log in or refresh.
func (d *DB) Ping(ctx context.Context) (err error) {
	defer wrap(&err, "ping")
	ctx, cancel := d.within(ctx)
	defer cancel()
	if err := d.checkReads(ctx); err != nil {
		return err
	}
	if err := d.checkFile(); err != nil {
		return err
	}
	return d.writable.ask(ctx, d.tryWrite)
}

// checkReads reads the clock, so that a server to which no log-in comes has it
// right too.
func (d *DB) checkReads(ctx context.Context) error {
	begun := time.Now()
	now, err := one(ctx, d, d.read, scanTime, "SELECT {now} FROM schema_info", d.dialect.now())
	if err == nil {
		d.clock.read(now, begun)
	}
	return err
}

// tryWrite keeps one row of its own beside the log-in failures. To set a column
// to what it holds would not do: SQLite would write nothing.
func (d *DB) tryWrite() error {
	_, err := d.exec(context.Background(), addFailure, d.dialect.now(), []byte("readiness"), int64(0))
	if err != nil && d.read == d.write {
		dropIdle(d.write)
	}
	return err
}

// dropIdle closes the connections that nobody uses. After a failover they may
// lead to a machine that takes no writes any more, and new ones to one that
// does.
func dropIdle(db *sql.DB) {
	db.SetMaxIdleConns(0)
	db.SetMaxIdleConns(connections)
}

// checkHolds is how long the answer of a writeCheck holds.
const checkHolds = time.Second

// writeCheck knows whether writes succeed. Anybody may ask a server whether it
// is ready, and a try costs a write: so there is one try at a time, for all
// who ask meanwhile, and its answer holds for a second.
type writeCheck struct {
	mu   sync.Mutex
	last *writeTry // nil before the first
}

// writeTry is one try. Its err and end may be read once done is closed.
type writeTry struct {
	done chan struct{}
	err  error
	end  time.Time
}

// ask returns the answer of the try that is in progress, or of a new one where
// the last one is too old. Where ctx ends first, the answer is no.
func (c *writeCheck) ask(ctx context.Context, try func() error) error {
	t := c.current(try)
	select {
	case <-t.done:
		return t.err
	case <-ctx.Done():
		return context.Cause(ctx)
	}
}

func (c *writeCheck) current(try func() error) *writeTry {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.last == nil || c.last.isOld() {
		t := &writeTry{done: make(chan struct{})}
		go func() {
			defer close(t.done)
			t.err = try()
			t.end = time.Now()
		}()
		c.last = t
	}
	return c.last
}

func (t *writeTry) isOld() bool {
	select {
	case <-t.done:
		return time.Since(t.end) >= checkHolds
	default:
		return false
	}
}
