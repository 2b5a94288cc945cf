// Wrong: The log gets the problem that was found in the error, not the error.
//
// Hint: The log line has lost the way to the cause. An error that was wrapped three
// times carries three places where to look. Which of your two values still has them
// all?
//
// Fails:
//   - TestErrors/an_unknown_error_is_a_500_and_logged
//   - TestErrors/the_way_to_a_cause_is_logged
//   - TestErrors/an_error_in_the_middle_of_an_answer_cuts_the_connection
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
			if p.Code.Status() >= http.StatusInternalServerError || rec.begun() {
				logFailure(log, r, p)
			}
			rec.fail(p)
		})
	}
}
