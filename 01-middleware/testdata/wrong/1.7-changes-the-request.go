// Wrong: The limited body is put into the request that came in.
//
// Hint: The limit works, and the request of those further out has changed: its body is
// now yours. net/http forbids that to a handler. A pointer to a request is not a copy of
// it. Which value must you copy?
//
// Fails:
//   - TestBodyLimit_leavesTheRequestAlone
package middleware

import (
	"net/http"
)

func BodyLimit(n int64) Middleware {
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if r.ContentLength > n {
				refuseBody(w)
				return
			}
			r.Body = http.MaxBytesReader(innermost(w), r.Body, n)
			next.ServeHTTP(w, r)
		})
	}
}
