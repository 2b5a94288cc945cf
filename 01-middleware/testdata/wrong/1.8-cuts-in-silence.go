// Wrong: A refusal that cuts the connection leaves no line in the log.
//
// Hint: A refusal in the middle of an answer leaves no line. Nobody will find out why
// the connection was cut. A 4xx is the client's matter only where the client could read
// it. When could it not?
//
// Fails:
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
			if p.Code.Status() >= http.StatusInternalServerError {
				logFailure(log, r, err)
			}
			rec.fail(p)
		})
	}
}
