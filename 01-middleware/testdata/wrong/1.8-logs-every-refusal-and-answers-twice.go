// Wrong: All errors are logged, and a problem is written after half an answer.
//
// Hint: Two rows of the table are missing. A refusal (4xx) leaves a line in the log,
// though it is the client's matter. And a handler that fails in the middle of its answer
// must have its connection cut: the recorder knows when, and its fail does it.
//
// Fails:
//   - TestErrors/an_error_in_the_middle_of_an_answer_cuts_the_connection
//   - TestErrors/a_refusal_in_the_middle_of_an_answer_cuts_it_too
//   - TestErrors_log/a_refusal_leaves_no_line
//   - TestErrors_log/a_refusal_inside_another_error_leaves_no_line
//   - TestErrors_log/the_cause_of_a_refusal_is_not_logged
//   - TestErrors_log/a_body_that_was_cut_leaves_no_line
//   - TestErrors_isCalmAboutAClientThatWentAway
package middleware

import (
	"example.com/authbook/internal/problem"
	"log/slog"
	"net/http"
)

func Errors(log *slog.Logger) func(HandlerFunc) http.Handler {
	return func(h HandlerFunc) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			err := h(w, r)
			if err == nil {
				return
			}
			p := problemOf(err)
			logFailure(log, r, err)
			problem.Write(w, p)
		})
	}
}
