// Wrong: A handler that asks for a cut connection gets a 500.
//
// Hint: A handler asked net/http to cut the connection, and that was taken for a
// mistake: it was logged and not obeyed. It asks with a panic of one known value, which
// must travel on. The comment above the function names it.
//
// Fails:
//   - TestRecover/a_handler_that_asks_to_be_cut_is_cut
//   - TestRecover_log/a_handler_that_asks_to_be_cut_leaves_no_line
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
				if v := recover(); v != nil {
					logPanic(log, r, v)
					rec.fail(problem.New(problem.Internal, ""))
				}
			}()
			next.ServeHTTP(rec, r)
		})
	}
}
