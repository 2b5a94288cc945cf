// Wrong: The panic of a handler that asks to be cut is caught and forgotten.
//
// Hint: A handler asked net/http to cut the connection, and its panic ended here.
// recover has stopped it, and net/http hears nothing of it. How does a value travel on
// after recover?
//
// Fails:
//   - TestRecover/a_handler_that_asks_to_be_cut_is_cut
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
					return
				} else if v != nil {
					logPanic(log, r, v)
					rec.fail(problem.New(problem.Internal, ""))
				}
			}()
			next.ServeHTTP(rec, r)
		})
	}
}
