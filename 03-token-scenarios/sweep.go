package tokens

import "context"

// sweepStep bounds one deletion, so that requests do not wait behind it.
const sweepStep = 500

// Sweep removes the sessions that are over, in short steps that let requests
// through in between. Call it now and then.
func Sweep(ctx context.Context, store Store) error {
	for {
		deleted, err := store.DeleteExpired(ctx, AccessTTL, sweepStep)
		if err != nil || deleted < sweepStep {
			return err
		}
	}
}
