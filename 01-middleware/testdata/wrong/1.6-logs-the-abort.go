// Wrong: A handler that asks to be cut leaves a line in the log.
//
// Hint: A handler asked to be cut, was cut, and left an error in the log. Its wish is no
// mistake. Which comes first in your deferred function, the log or the question what was
// recovered?
//
// Fails:
//   - TestRecover_log/a_handler_that_asks_to_be_cut_leaves_no_line
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
				if v := recover(); v != nil {
					logPanic(log, r, v)
					if v == http.ErrAbortHandler {
						panic(v)
					}
					rec.fail(problem.New(problem.Internal, ""))
				}
			}()
			next.ServeHTTP(rec, r)
		})
	}
}
