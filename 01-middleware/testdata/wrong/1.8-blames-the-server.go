// Wrong: The error of a body that was cut is answered 500.
//
// Hint: A client that sent too much is told that the server broke, and the log says so
// too. The body limit speaks through an error of net/http, which knows nothing of
// problems. The file has a helper that knows both.
//
// Fails:
//   - TestErrors/a_body_that_was_cut_is_the_client's_fault
//   - TestErrors_log/a_body_that_was_cut_leaves_no_line
package middleware

import (
	"log/slog"
	"net/http"

	"example.com/authbook/internal/problem"
)

func Errors(log *slog.Logger) func(HandlerFunc) http.Handler {
	return func(h HandlerFunc) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			rec := record(w)
			err := h(rec, r)
			if err == nil {
				return
			}
			p := problem.From(err)
			if p.Code.Status() >= http.StatusInternalServerError || rec.begun() {
				logFailure(log, r, err)
			}
			rec.fail(p)
		})
	}
}
