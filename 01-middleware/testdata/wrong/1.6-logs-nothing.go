// Wrong: The panic is not logged.
//
// Hint: The client is served well and nobody will find the mistake: a panic leaves no
// right line in the log. The file has a function that writes it, with the place that
// panicked.
//
// Fails:
//   - TestRecover_log/a_panic_is_logged
//   - TestRecover_log/a_panic_with_an_error_is_logged
//   - TestRecover_log/a_nil_pointer_is_logged
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
				}
			}()
			next.ServeHTTP(rec, r)
		})
	}
}
