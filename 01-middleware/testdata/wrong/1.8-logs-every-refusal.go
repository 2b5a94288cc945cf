// Wrong: Refusals are logged as failures of the server.
//
// Hint: A refusal (4xx) leaves a line in the log, and its cause may hold a secret. Which
// errors are the client's fault, and which are the server's? The table in the notes says
// which ones the log gets.
//
// Fails:
//   - TestErrors_log/a_refusal_leaves_no_line
//   - TestErrors_log/a_refusal_inside_another_error_leaves_no_line
//   - TestErrors_log/the_cause_of_a_refusal_is_not_logged
//   - TestErrors_log/a_body_that_was_cut_leaves_no_line
package middleware

import (
	"log/slog"
	"net/http"
)

func Errors(log *slog.Logger) func(HandlerFunc) http.Handler {
	return func(h HandlerFunc) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			rec := record(w)
			err := h(rec, r)
			if err == nil {
				return
			}
			logFailure(log, r, err)
			rec.fail(problemOf(err))
		})
	}
}
