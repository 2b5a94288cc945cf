// Wrong: Every panic, also the one that is a wish, is answered with a bare status.
//
// Hint: A panic is caught, and the client does not get the problem 500 INTERNAL. Half an
// answer still passes for a whole one. A given method of the recorder does both right.
// And one value of a panic is a wish: the comment above the function says what becomes
// of it.
//
// Fails:
//   - TestRecover/a_panic_becomes_a_500
//   - TestRecover/a_panic_with_an_error_becomes_a_500
//   - TestRecover/a_nil_pointer_becomes_a_500
//   - TestRecover/a_handler_that_asks_to_be_cut_is_cut
//   - TestRecover/a_panic_in_the_middle_of_an_answer_cuts_the_connection
//   - TestRecover/a_panic_after_a_flush_cuts_the_connection
//   - TestRecover/a_panic_after_the_header_alone_cuts_the_connection
//   - TestRecover_log/a_handler_that_asks_to_be_cut_leaves_no_line
package middleware

import (
	"log/slog"
	"net/http"
)

func Recover(log *slog.Logger) Middleware {
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {

			defer func() {
				if v := recover(); v != nil {
					logPanic(log, r, v)
					w.WriteHeader(500)
				}
			}()
			next.ServeHTTP(w, r)
		})
	}
}
