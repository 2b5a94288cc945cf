// Wrong: Every error is logged but the ones that cut an answer.
//
// Hint: A refusal leaves a line in the log, and a cut connection leaves none. Look at
// two places. The order: fail begins an answer or cuts with a panic, so below it begun
// is always true or nothing runs. The condition: the log gets what is the server's
// fault, and what was cut.
//
// Fails:
//   - TestErrors_log/a_refusal_leaves_no_line
//   - TestErrors_log/a_refusal_inside_another_error_leaves_no_line
//   - TestErrors_log/the_cause_of_a_refusal_is_not_logged
//   - TestErrors_log/a_body_that_was_cut_leaves_no_line
//   - TestErrors_log/an_error_in_the_middle_of_an_answer_is_logged
//   - TestErrors_log/a_refusal_in_the_middle_of_an_answer_is_logged
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
			if !rec.begun() {
				logFailure(log, r, err)
			}
			rec.fail(p)

		})
	}
}
