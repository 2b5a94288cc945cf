// Wrong: A body without an announced length is refused.
//
// Hint: A chunked body within the limit is refused, and the handler never sees a chunked
// one. It announces no length, and the request says so with a negative number. Is that
// more than the limit?
//
// Fails:
//   - TestBodyLimit/an_unannounced_body_of_the_limit_passes
//   - TestBodyLimit/an_unannounced_body_is_cut_at_the_limit
//   - TestBodyLimit/a_long_unannounced_body_is_cut_at_the_limit
package middleware

import (
	"net/http"
)

func BodyLimit(n int64) Middleware {
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if r.ContentLength < 0 || r.ContentLength > n {
				refuseBody(w)
				return
			}
			inner := *r
			inner.Body = http.MaxBytesReader(innermost(w), r.Body, n)
			serveCopy(next, w, r, &inner)
		})
	}
}
