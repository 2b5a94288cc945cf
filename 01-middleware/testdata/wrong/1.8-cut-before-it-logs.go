// Wrong: The answer comes before the log, and may be the last thing that runs.
//
// Hint: An error in the middle of an answer leaves no line in the log, and neither does
// a refusal there. Where it cuts the connection, fail does not return: it panics. So
// what must come before it? And which errors does your condition let through?
//
// Fails:
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
			rec.fail(p)
			if p.Code.Status() >= 500 {
				logFailure(log, r, err)
			}

		})
	}
}
