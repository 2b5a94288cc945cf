// Wrong: The stopwatch starts when the function is decorated, not when it is called.
//
// Hint: The time before a call counts too: the row shows both times. Which of your lines
// run once, when Timed is called? Which ones run at each call of the function that it
// returns?
//
// Fails:
//   - TestTimed/a_call_is_timed
//   - TestTimed/the_time_before_a_call_is_not_part_of_it
//   - TestTimed/a_call_that_fails_is_timed
//   - TestTimed/a_call_that_panics_is_timed
package middleware

import (
	"context"
	"time"
)

func Timed[In, Out any](f Func[In, Out], report func(time.Duration)) Func[In, Out] {
	start := time.Now()
	return func(ctx context.Context, in In) (Out, error) {
		defer func() { report(time.Since(start)) }()
		return f(ctx, in)
	}
}
