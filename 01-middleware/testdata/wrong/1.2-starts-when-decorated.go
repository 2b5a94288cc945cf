// Wrong: The stopwatch starts when the function is decorated, not when it is called.
//
// Hint: The reports grow from call to call, and the rest before a call counts too.
// Which lines run once, when Timed is called, and which run at each call of the
// function that it returns?
//
// Fails:
//   - TestTimed/a_call_is_timed
//   - TestTimed/the_time_before_a_call_is_not_part_of_it
//   - TestTimed/a_call_that_fails_is_timed_and_keeps_its_error
//   - TestTimed/a_call_that_panics_is_timed_and_goes_on_panicking
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
