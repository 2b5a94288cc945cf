package store

import (
	"context"
	"time"
)

// patience is how long a call waits in all: for a connection, for a lock and
// for the answer. It ends waits that nothing else ends, such as one for a
// server that went away without a word. It is a little longer than the
// database's own limits of 5 seconds, which leave the connection whole, and
// short enough that the client still gets an answer: deploy.NewServer cuts a
// request off after 30 seconds.
const patience = 6 * time.Second

// within bounds a call. What must be done in the end is what it returns too.
func (d *DB) within(ctx context.Context) (context.Context, context.CancelFunc) {
	return context.WithTimeout(ctx, d.patience)
}
