// Wrong: A handler that succeeded is treated as one that failed.
//
// Hint: A handler that returned nil has its whole answer cut. nil is no error, and there
// is nothing to answer for it. What does your code do with it?
//
// Fails:
//   - TestErrors/no_error_leaves_the_answer_alone
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
			p := problemOf(err)
			if p.Code.Status() >= 500 || rec.begun() {
				logFailure(log, r, err)
			}
			rec.fail(p)

		})
	}
}
