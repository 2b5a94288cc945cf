package tokens

import (
	"context"
	"log/slog"
	"time"
)

// sweepStep bounds one deletion, so that requests do not wait behind it.
const sweepStep = 500

// Sweep removes sessions that are over, once per interval until ctx ends. A
// store that can't answer is logged and asked again at the next interval.
func Sweep(ctx context.Context, store Store, interval time.Duration, log *slog.Logger) {
	ticker := time.NewTicker(interval)
	defer ticker.Stop()
	for {
		if err := sweepOnce(ctx, store); err != nil && ctx.Err() == nil {
			log.WarnContext(ctx, "sessions not swept", "error", err)
		}
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
		}
	}
}

// sweepOnce deletes in steps until nothing is left to delete.
func sweepOnce(ctx context.Context, store Store) error {
	for {
		deleted, err := store.DeleteExpired(ctx, AccessTTL, sweepStep)
		if err != nil || deleted < sweepStep {
			return err
		}
	}
}
