// Wrong: recover itself is deferred, and works only inside a deferred function.
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
)

func Recover(log *slog.Logger) Middleware {
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			rec := record(w)
			defer recover()
			next.ServeHTTP(rec, r)
		})
	}
}
