// Wrong: The time is taken where the defer statement stands, not where the deferred
// call runs.
//
// Hint: Every call is reported, and each report is zero. Go evaluates the arguments of
// a deferred call at once and only the call itself later. What is the value of
// time.Since(start) on the line of the defer?
//
// Fails:
//   - TestTimed/a_call_is_timed
//   - TestTimed/a_call_that_fails_is_timed_and_keeps_its_error
//   - TestTimed/a_call_that_panics_is_timed_and_goes_on_panicking
package middleware

import (
	"context"
	"time"
)

func Timed[In, Out any](f Func[In, Out], report func(time.Duration)) Func[In, Out] {
	return func(ctx context.Context, in In) (Out, error) {
		start := time.Now()
		defer report(time.Since(start))
		return f(ctx, in)
	}
}
