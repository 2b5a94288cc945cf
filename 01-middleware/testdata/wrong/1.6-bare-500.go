// Wrong: The answer is a plain text, also after half of another answer.
//
// Hint: A panic is caught, and the client does not get the problem 500 INTERNAL. Half an
// answer still passes for a whole one. The row shows what came. A given method of the
// recorder knows both: which answer to write, and when to cut instead.
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
	"fmt"
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
					http.Error(rec, fmt.Sprint(v), 500)
				}
			}()
			next.ServeHTTP(rec, r)
		})
	}
}
