// Wrong: The value of the panic is sent to the client.
//
// Hint: The client reads what broke inside the server. The value of a panic can hold a
// password or a query. Look at what you put into the problem: what may the client
// read, and what is for the log alone?
//
// Fails:
//   - TestRecover/a_panic_becomes_a_500
//   - TestRecover/a_panic_with_an_error_becomes_a_500
package middleware

import (
	"fmt"
	"log/slog"
	"net/http"

	"example.com/authbook/internal/problem"
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
					rec.fail(problem.New(problem.Internal, fmt.Sprint(v)))
				}
			}()
			next.ServeHTTP(rec, r)
		})
	}
}
