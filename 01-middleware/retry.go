package middleware

import (
	"context"
	"errors"
	"math/rand/v2"
	"time"
)

// Retry returns f, called again when it fails: at most attempts times in all,
// and only after errors that temporary reports as worth another try. Repeating
// any other call only repeats the damage, so f must be safe to call twice.
//
// The pause before the second call is wait; each next pause is twice as long.
// It ends early when ctx does, with the error of f and that of ctx in one.
func Retry[In, Out any](f Func[In, Out], attempts int, wait time.Duration, temporary func(error) bool) Func[In, Out] {
	return func(ctx context.Context, in In) (Out, error) {
		for attempt := 1; ; attempt++ {
			out, err := f(ctx, in)
			if err == nil || attempt >= attempts || !temporary(err) {
				return out, err
			}
			if stopped := pause(ctx, wait<<(attempt-1)); stopped != nil {
				return out, errors.Join(err, stopped)
			}
		}
	}
}

// pause waits between half of d and d, or until ctx ends. The length is random
// because callers that failed together would otherwise come back together.
func pause(ctx context.Context, d time.Duration) error {
	select {
	case <-ctx.Done():
		return context.Cause(ctx)
	case <-time.After(d/2 + rand.N(d/2+1)):
		return nil
	}
}
