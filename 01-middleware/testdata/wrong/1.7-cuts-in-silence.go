// Wrong: A body that is too long ends at the limit as if that were its end.
//
// Hint: The handler takes the first 100 bytes for the whole body and answers 200. A
// reader that stops in silence looks like a body that is over. The comment above the
// function names one that ends with an error.
//
// Fails:
//   - TestBodyLimit_answersAtOnce/a_chunked_body_that_never_ends
//   - TestBodyLimit/an_unannounced_body_is_cut_at_the_limit
//   - TestBodyLimit/a_long_unannounced_body_is_cut_at_the_limit
package middleware

import (
	"io"
	"net/http"
)

func BodyLimit(n int64) Middleware {
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if r.ContentLength > n {
				refuseBody(w)
				return
			}
			inner := *r
			inner.Body = io.NopCloser(io.LimitReader(r.Body, n))
			serveCopy(next, w, r, &inner)
		})
	}
}
