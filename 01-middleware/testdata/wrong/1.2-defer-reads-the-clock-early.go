// Wrong: The time is taken where the defer statement stands, not where the deferred
// call runs.
//
// Hint: A report that should be longer is zero: the row shows both times. The clock was
// read before f had run. Go computes the arguments of a deferred call on the line of the
// defer, and runs only the call later.
//
// Fails:
//   - TestTimed/a_call_is_timed
//   - TestTimed/a_call_that_fails_is_timed
//   - TestTimed/a_call_that_panics_is_timed
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
