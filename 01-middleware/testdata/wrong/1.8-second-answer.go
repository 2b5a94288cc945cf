// Wrong: A problem is written after an answer that has begun.
//
// Hint: A handler that fails in the middle of its answer does not get its connection
// cut: the row shows what the client took for a whole answer. Who knows that an answer
// has begun, and which of its methods cuts then?
//
// Fails:
//   - TestErrors/an_error_in_the_middle_of_an_answer_cuts_the_connection
//   - TestErrors/a_refusal_in_the_middle_of_an_answer_cuts_it_too
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
			problem.Write(w, p)
		})
	}
}
