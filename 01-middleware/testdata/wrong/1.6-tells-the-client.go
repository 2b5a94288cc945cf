// Wrong: The value of the panic is sent to the client.
//
// Hint: The answer to a panic is not the usual 500 INTERNAL; the row shows what came.
// The client may read that something broke, and nothing of the value: it can hold a
// password. Which problem do you hand to fail? And does the panic end there?
//
// Fails:
//   - TestRecover/a_panic_becomes_a_500
//   - TestRecover/a_panic_with_an_error_becomes_a_500
//   - TestRecover/a_nil_pointer_becomes_a_500
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
