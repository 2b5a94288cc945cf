// Wrong: recover is called after the handler, where a panic never arrives.
//
// Hint: No panic is caught. A panic skips the rest of each function that it leaves; only
// calls that were deferred before it still run. And recover works in one place alone:
// called by the deferred function itself. After next, as the deferred call, or one
// function deeper it does nothing.
//
// Fails:
//   - TestRecover/a_panic_becomes_a_500
//   - TestRecover/a_panic_with_an_error_becomes_a_500
//   - TestRecover/a_nil_pointer_becomes_a_500
//   - TestRecover_log/a_panic_is_logged
//   - TestRecover_log/a_panic_with_an_error_is_logged
//   - TestRecover_log/a_nil_pointer_is_logged
//   - TestRecover_log/a_panic_in_the_middle_of_an_answer_is_logged
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
