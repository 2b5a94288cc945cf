// Wrong: The log gets the problem that was found in the error, not the error.
//
// Hint: The log line has lost a part: expected is the whole error, with the way to its
// cause. You have two values, the error that the handler returned and the problem that
// was found in it. Which one still has all of it?
//
// Fails:
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
			if p.Code.Status() >= http.StatusInternalServerError || rec.begun() {
				logFailure(log, r, p)
			}
			rec.fail(p)
		})
	}
}
