// Wrong: Only calls that succeed are reported.
//
// Hint: A call that fails leaves no report, and neither does one that panics. Those are
// the calls that somebody will look for. Follow the error's way through your function:
// which line does it not reach?
//
// Fails:
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
		out, err := f(ctx, in)
		if err != nil {
			return out, err
		}
		report(time.Since(start))
		return out, nil
	}
}
