// Wrong: Refusals are logged as failures of the server.
//
// Hint: Every wrong password fills the log with an error line, and its cause may hold
// a secret. Whose fault is a 4xx, and whose is a 5xx? The comment above the function
// says which causes the log gets.
//
// Fails:
//   - TestErrors/a_problem_is_answered_as_it_is
//   - TestErrors/a_problem_inside_another_error_is_found
//   - TestErrors/the_cause_of_a_refusal_is_not_logged
//   - TestErrors/a_body_that_was_cut_is_the_client's_fault
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
