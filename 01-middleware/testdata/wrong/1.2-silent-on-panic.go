// Wrong: A call that panics is not reported.
//
// Hint: A panic leaves the function at the line where f is called, and the lines below
// it never run. Which statement registers a call that runs on every way out?
//
// Fails:
//   - TestTimed/a_call_that_panics_is_timed_and_goes_on_panicking
package middleware

import (
	"context"
	"time"
)

func Timed[In, Out any](f Func[In, Out], report func(time.Duration)) Func[In, Out] {
	return func(ctx context.Context, in In) (Out, error) {
		start := time.Now()
		out, err := f(ctx, in)
		report(time.Since(start))
		return out, err
	}
}
