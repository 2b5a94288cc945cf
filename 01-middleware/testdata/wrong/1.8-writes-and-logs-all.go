// Wrong: Every error is logged, and answered wherever the answer is.
//
// Hint: Three rows of the table are missing. A refusal (4xx) is not logged. After half
// an answer the connection is cut, which the recorder's fail does. And a body that was
// cut is a 413: the file has a helper that finds the problem in an error.
//
// Fails:
//   - TestErrors/a_body_that_was_cut_is_the_client's_fault
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
			if err != nil {
				logFailure(log, r, err)
				problem.Write(w, err)
			}
		})
	}
}
