// Wrong: The problem is written without a look at what was sent.
//
// Hint: A panic in the middle of an answer does not cut the connection: the row shows
// what the client took for a whole answer. The recorder's method fail cuts it, but it
// knows only of what was written through the same recorder. Who answers in your code,
// and which ResponseWriter does next get?
//
// Fails:
//   - TestRecover/a_panic_in_the_middle_of_an_answer_cuts_the_connection
//   - TestRecover/a_panic_after_a_flush_cuts_the_connection
//   - TestRecover/a_panic_after_the_header_alone_cuts_the_connection
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
					logPanic(log, r, v)
					problem.Write(rec, problem.New(problem.Internal, ""))
				}
			}()
			next.ServeHTTP(rec, r)
		})
	}
}
