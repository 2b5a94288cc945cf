// Wrong: A call that panics is not reported.
//
// Hint: A call that panics leaves no report. A panic leaves the function at the line
// where f is called, and the lines below it never run. What registers a call for every
// way out, and where must it stand?
//
// Fails:
//   - TestTimed/a_call_that_panics_is_timed
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
