package serve

import (
	"context"
	"log/slog"
	"time"

	tokens "example.com/authbook/03-token-scenarios"
	accounts "example.com/authbook/04-signup-login"
	"example.com/authbook/final/internal/store"
	"example.com/authbook/final/internal/web"
)

// cleanEvery is how often rows that no longer count are removed.
const cleanEvery = 10 * time.Minute

// clean removes old sessions and old log-in failures until ctx ends. It keeps the hash
// of unknown names like those that are stored. Users that contract checks left go
// once, at the start: their search reads every user, and each ship starts a server.
func clean(ctx context.Context, db *store.DB, app *web.App, log *slog.Logger) {
	if err := store.NewUsers(db).SweepCheckUsers(ctx, time.Now().Add(-time.Hour)); err != nil && ctx.Err() == nil {
		log.WarnContext(ctx, "users of old contract checks may still be there", "error", err)
	}
	every(ctx, cleanEvery, log,
		app.FollowHashes,
		func(ctx context.Context) error { return tokens.Sweep(ctx, store.NewSessions(db)) },
		func(ctx context.Context) error { return accounts.SweepFailures(ctx, store.NewFailures(db)) },
	)
}

// every does the sweeps at once, and then once per interval until ctx ends. One
// that fails is logged and tried again next time.
func every(ctx context.Context, interval time.Duration, log *slog.Logger, sweeps ...func(context.Context) error) {
	ticker := time.NewTicker(interval)
	defer ticker.Stop()
	for {
		for _, sweep := range sweeps {
			if err := sweep(ctx); err != nil && ctx.Err() == nil {
				log.WarnContext(ctx, "the upkeep of the database failed and will be tried again", "error", err)
			}
		}
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
		}
	}
}
