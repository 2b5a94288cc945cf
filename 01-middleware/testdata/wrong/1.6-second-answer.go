// Wrong: The handler writes past the recorder, so nobody knows that an answer has
// begun.
//
// Hint: Half an answer goes out, followed by a whole problem, and the client takes
// both for one. The recorder can cut the connection, but it knows only of what was
// written through it. Which ResponseWriter does the handler get?
//
// Fails:
//   - TestRecover/a_panic_in_the_middle_of_an_answer_cuts_the_connection
//   - TestRecover/a_panic_after_a_flush_cuts_the_connection
//   - TestRecover/a_panic_after_the_header_alone_cuts_the_connection
package middleware

import (
	"log/slog"
	"net/http"

	"example.com/authbook/internal/problem"
)

func Recover(log *slog.Logger) Middleware {
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			rec := record(w)
			defer func() {
				if v := recover(); v == http.ErrAbortHandler {
					panic(v)
				} else if v != nil {
					logPanic(log, r, v)
					rec.fail(problem.New(problem.Internal, ""))
				}
			}()
			next.ServeHTTP(w, r)
		})
	}
}
