// Wrong: The error's own text is sent to the client.
//
// Hint: The client reads secret-4711, the cause that was meant for the log. A cause can
// name tables, hosts or passwords. Which value do you hand to the one who writes the
// answer, and who built its text?
//
// Fails:
//   - TestErrors/the_cause_of_a_refusal_stays_here
//   - TestErrors/an_unknown_error_becomes_a_500
//   - TestErrors/the_cause_of_a_503_stays_here
//   - TestErrors_isCalmAboutAClientThatWentAway
package middleware

import (
	"log/slog"
	"net/http"

	"example.com/authbook/internal/problem"
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
				logFailure(log, r, err)
			}
			rec.fail(problem.New(p.Code, err.Error()))
		})
	}
}
