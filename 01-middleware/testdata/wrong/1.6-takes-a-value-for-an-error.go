// Wrong: The value of the panic is taken for an error, and that panics again.
//
// Hint: A panic with a text cuts the connection; one with an error does not. Anything
// can be a panic's value, and your code takes it for an error. Does the client's problem
// need the value at all?
//
// Fails:
//   - TestRecover/a_panic_becomes_a_500
package middleware

import (
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
					rec.fail(v.(error))
				}
			}()
			next.ServeHTTP(rec, r)
		})
	}
}
