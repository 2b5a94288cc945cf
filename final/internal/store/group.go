package store

import (
	"context"
	"errors"
	"slices"
	"sync"
)

// group commits the writes that come at once together, on SQLite: a commit waits
// for the disk, and all of them can share one wait. A write is answered when its
// commit has ended, as if it were alone.
//
// There is no goroutine for it. Of the callers, one has the lead: it runs what
// has come meanwhile, its own write too.
type group struct {
	db   *DB
	lead chan struct{} // holds one token while somebody leads

	mu      sync.Mutex
	waiting []*write
}

// write is one statement. Its results may be read once done is closed.
type write struct {
	query   string
	args    []any
	done    chan struct{}
	changed int64
	err     error
}

// errBrokeOff is what becomes of a write whose leader panicked.
var errBrokeOff = errors.New("the write broke off")

func newWrite(query string, args []any) *write {
	return &write{query: query, args: args, done: make(chan struct{}), err: errBrokeOff}
}

func newGroup(d *DB) *group {
	return &group{db: d, lead: make(chan struct{}, 1)}
}

// exec runs a statement and returns how many rows it changed. If ctx ends first,
// the statement does not run any more, unless it runs already: then exec waits
// for what becomes of it.
func (g *group) exec(ctx context.Context, query string, args ...any) (changed int64, err error) {
	w := newWrite(query, args)
	g.join(w)
	select {
	case g.lead <- struct{}{}:
		defer func() { <-g.lead }()
		g.run(ctx) // w is done then: by this run, or by the one before
	case <-w.done:
	case <-ctx.Done():
		if g.leave(w) {
			return 0, ctx.Err()
		}
		<-w.done
	}
	return w.changed, w.err
}

func (g *group) join(w *write) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.waiting = append(g.waiting, w)
}

// leave reports whether the write was still waiting.
func (g *group) leave(w *write) bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	i := slices.Index(g.waiting, w)
	if i < 0 {
		return false
	}
	g.waiting = slices.Delete(g.waiting, i, i+1)
	return true
}

func (g *group) take() []*write {
	g.mu.Lock()
	defer g.mu.Unlock()
	all := g.waiting
	g.waiting = nil
	return all
}

// run does what waits. The leader may go meanwhile, but the others are still
// there: so only the leader's time counts, not its leaving.
func (g *group) run(ctx context.Context) {
	all := g.take()
	if len(all) == 0 {
		return
	}
	defer func() {
		for _, w := range all {
			close(w.done)
		}
	}()
	ctx, cancel := g.db.within(context.WithoutCancel(ctx))
	defer cancel()
	if len(all) == 1 || !g.together(ctx, all) {
		for _, w := range all {
			w.changed, w.err = execute(ctx, g.db.write, w.query, w.args...)
		}
	}
}

// together runs the writes in one transaction and reports whether that decides
// them. It does not where a statement fails: then nothing has happened, and each
// runs alone, so that none fails for another's fault.
func (g *group) together(ctx context.Context, all []*write) bool {
	tx, err := g.db.write.BeginTx(ctx, nil)
	if err == nil {
		defer tx.Rollback() // does nothing after Commit
		for _, w := range all {
			changed, err := execute(ctx, tx, w.query, w.args...)
			if err != nil {
				return false
			}
			w.changed = changed // its err waits for the commit
		}
		err = tx.Commit()
	}
	for _, w := range all {
		w.err = err
	}
	return true
}
