// Wrong: The handler writes past the recorder, so nobody knows that an answer has begun.
//
// Hint: A handler that fails in the middle of its answer does not get its connection
// cut. A refusal there leaves no line. Something must remember that an answer has begun:
// the recorder. Does the handler write through it? Does the recorder's fail answer?
//
// Fails:
//   - TestErrors/an_error_in_the_middle_of_an_answer_cuts_the_connection
//   - TestErrors/a_refusal_in_the_middle_of_an_answer_cuts_it_too
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
			err := h(w, r)
			if err == nil {
				return
			}
			p := problemOf(err)
			if p.Code.Status() >= 500 || rec.begun() {
				logFailure(log, r, err)
			}
			rec.fail(p)

		})
	}
}
