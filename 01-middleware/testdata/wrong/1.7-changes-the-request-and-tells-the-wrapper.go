// Wrong: The limited body goes into the request itself, and MaxBytesReader gets a
// wrapped ResponseWriter.
//
// Hint: Two things are left. The request of those further out has changed, and net/http
// forbids that: give a copy the limited body. And MaxBytesReader can't tell net/http to
// give the body up if it gets a wrapped writer: the file has a helper that unwraps it.
//
// Fails:
//   - TestBodyLimit_answersAtOnce/a_chunked_body_that_never_ends
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
			r.Body = http.MaxBytesReader(w, r.Body, n)
			next.ServeHTTP(w, r)
		})
	}
}
