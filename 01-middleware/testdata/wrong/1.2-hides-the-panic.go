// Wrong: The panic is caught and goes no further.
//
// Hint: The function broke, and its caller does not notice. Only recover stops a panic.
// A deferred call runs on the way out without it. What does recover do for your
// stopwatch?
//
// Fails:
//   - TestTimed_changesNothing/a_panic_goes_on
package middleware

import (
	"context"
	"time"
)

func Timed[In, Out any](f Func[In, Out], report func(time.Duration)) Func[In, Out] {
	return func(ctx context.Context, in In) (out Out, err error) {
		start := time.Now()
		defer func() { recover(); report(time.Since(start)) }()
		return f(ctx, in)
	}
}
