// Wrong: A body of exactly the limit is refused.
//
// Hint: A body of 100 bytes and a limit of 100 is refused. Read the first sentence of
// the comment above the function: is the limit itself allowed?
//
// Fails:
//   - TestBodyLimit/a_body_of_the_limit_passes
package middleware

import "net/http"

func BodyLimit(n int64) Middleware {
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if r.ContentLength >= n {
				refuseBody(w)
				return
			}
			inner := *r
			inner.Body = http.MaxBytesReader(innermost(w), r.Body, n)
			serveCopy(next, w, r, &inner)
		})
	}
}
