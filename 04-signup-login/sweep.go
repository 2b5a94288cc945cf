package accounts

import "context"

const (
	// failureAge is when a failure no longer counts for anything.
	failureAge = pairWindow
	// sweepStep is how many rows one step of a sweep removes.
	sweepStep = 1000
)

// SweepFailures removes the failures that no longer count, in short steps that
// let requests through in between. Call it now and then.
func SweepFailures(ctx context.Context, store ThrottleStore) error {
	for {
		n, err := store.DeleteOldFailures(ctx, failureAge, sweepStep)
		if err != nil || n < sweepStep {
			return err
		}
	}
}
