// Wrong: A refusal that cuts the connection leaves no line in the log.
//
// Hint: The connection is cut and the log says nothing, so nobody will find out why. A
// 4xx is the client's matter only where the client could read it. When could it not?
//
// Fails:
//   - TestErrors/a_refusal_in_the_middle_of_an_answer_cuts_it_too
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
