// Wrong: recover is called after the handler, where a panic never arrives.
//
// Hint: No panic is caught. A panic leaves the function at the line that calls next,
// so the lines below it don't run. Only one kind of call still runs while a panic is
// on its way up.
//
// Fails:
//   - TestRecover/a_panic_becomes_a_500
//   - TestRecover/a_panic_with_an_error_becomes_a_500
//   - TestRecover/a_nil_pointer_becomes_a_500
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
			next.ServeHTTP(rec, r)
			if v := recover(); v == http.ErrAbortHandler {
				panic(v)
			} else if v != nil {
				logPanic(log, r, v)
				rec.fail(problem.New(problem.Internal, ""))
			}
		})
	}
}
