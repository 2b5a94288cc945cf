// Wrong: The answer comes before the log, and may be the last thing that runs.
//
// Hint: A panic in the middle of an answer leaves no line in the log. There fail does
// not return: it cuts the connection with a panic of its own. What stands below it in
// your code?
//
// Fails:
//   - TestRecover_log/a_panic_in_the_middle_of_an_answer_is_logged
package middleware

import (
	"example.com/authbook/internal/problem"
	"log/slog"
	"net/http"
)

func Recover(log *slog.Logger) Middleware {
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			rec := record(w)
			defer func() {
				if v := recover(); v == http.ErrAbortHandler {
					panic(v)
				} else if v != nil {
					rec.fail(problem.New(problem.Internal, ""))
					logPanic(log, r, v)

				}
			}()
			next.ServeHTTP(rec, r)
		})
	}
}
