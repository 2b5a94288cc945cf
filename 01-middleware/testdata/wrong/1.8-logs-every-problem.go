// Wrong: Every problem is logged, and only the problem.
//
// Hint: Two things about the log. A refusal (4xx) leaves a line there, and its cause may
// hold a secret. And the lines hold the problem alone: the error that the handler
// returned says more.
//
// Fails:
//   - TestErrors_log/a_refusal_leaves_no_line
//   - TestErrors_log/a_refusal_inside_another_error_leaves_no_line
//   - TestErrors_log/the_cause_of_a_refusal_is_not_logged
//   - TestErrors_log/a_body_that_was_cut_leaves_no_line
//   - TestErrors_log/an_unknown_error_is_logged
//   - TestErrors_log/the_way_to_a_cause_is_logged
//   - TestErrors_log/an_error_in_the_middle_of_an_answer_is_logged
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
			p := problemOf(err)
			logFailure(log, r, p)
			rec.fail(p)

		})
	}
}
