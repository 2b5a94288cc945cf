// Wrong: The answer is made from the error, not from the problem that was found.
//
// Hint: A client that sent too much is told that the server broke. The log knows better.
// You have two values, the error and the problem that was found in it. Which one does
// fail get?
//
// Fails:
//   - TestErrors/a_body_that_was_cut_is_the_client's_fault
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
			if p.Code.Status() >= 500 || rec.begun() {
				logFailure(log, r, err)
			}
			rec.fail(err)
		})
	}
}
