// Wrong: Nothing is logged.
//
// Hint: The client is served well and nobody will find out what failed: the right lines
// are missing in the log. The file has a function that writes one.
//
// Fails:
//   - TestErrors_log/an_unknown_error_is_logged
//   - TestErrors_log/the_cause_of_a_503_is_logged
//   - TestErrors_log/the_way_to_a_cause_is_logged
//   - TestErrors_log/an_error_in_the_middle_of_an_answer_is_logged
//   - TestErrors_log/a_refusal_in_the_middle_of_an_answer_is_logged
//   - TestErrors_logsTheIDThatTheClientGot
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

		})
	}
}
