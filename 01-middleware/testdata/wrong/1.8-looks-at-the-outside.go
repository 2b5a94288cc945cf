// Wrong: Only the outermost error is looked at.
//
// Hint: A problem inside another error is not found: the error outside is of another
// type. An error can hold another one, and that a third. The file has a helper that
// looks through all of them.
//
// Fails:
//   - TestErrors/a_problem_inside_another_error_is_found
//   - TestErrors/a_body_that_was_cut_is_the_client's_fault
//   - TestErrors_log/a_refusal_inside_another_error_leaves_no_line
//   - TestErrors_log/a_body_that_was_cut_leaves_no_line
package middleware

import (
	"example.com/authbook/internal/problem"
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
			p, ok := err.(*problem.Error)
			if !ok {
				p = problem.Wrap(problem.Internal, err)
			}
			if p.Code.Status() >= 500 || rec.begun() {
				logFailure(log, r, err)
			}
			rec.fail(p)

		})
	}
}
