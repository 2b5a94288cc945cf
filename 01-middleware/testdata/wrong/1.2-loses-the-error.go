// Wrong: The error of the function is not returned.
//
// Hint: The caller does not get the error that the function returned, and takes a
// failure for a success. Which values does each return of yours hand on?
//
// Fails:
//   - TestTimed_changesNothing/the_caller_gets_the_error
package middleware

import (
	"context"
	"time"
)

func Timed[In, Out any](f Func[In, Out], report func(time.Duration)) Func[In, Out] {
	return func(ctx context.Context, in In) (out Out, err error) {
		start := time.Now()
		defer func() { report(time.Since(start)) }()
		out, _ = f(ctx, in)
		return out, nil
	}
}
