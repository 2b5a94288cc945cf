package middleware

import (
	"context"
	"time"
)

// Func is a plain function that a decorator can wrap: one value in, one value
// or an error out, and a context to stop it early.
type Func[In, Out any] func(ctx context.Context, in In) (Out, error)

// Timed returns f with a stopwatch. It calls report with the time that each
// call took, also for a call that fails or panics.
//
//workbook:exercise 1.2 TestTimed|TestTimed_.*
func Timed[In, Out any](f Func[In, Out], report func(time.Duration)) Func[In, Out] {
	return func(ctx context.Context, in In) (Out, error) {
		start := time.Now()
		defer func() { report(time.Since(start)) }()
		return f(ctx, in)
	}
}
