// Wrong: The refusal does not tell net/http to give the body up.
//
// Hint: The answer is right and does not arrive. Before it sends an answer, net/http
// reads what is left of a short body, and that body never comes. The file has a helper
// that refuses and ends the connection.
//
// Fails:
//   - TestBodyLimit_answersAtOnce/an_announced_body_that_never_comes
package middleware

import (
	"net/http"

	"example.com/authbook/internal/problem"
)

func BodyLimit(n int64) Middleware {
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if r.ContentLength > n {
				problem.Write(w, problem.New(problem.PayloadTooLarge, ""))
				return
			}
			inner := *r
			inner.Body = http.MaxBytesReader(innermost(w), r.Body, n)
			serveCopy(next, w, r, &inner)
		})
	}
}
