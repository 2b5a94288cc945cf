// Wrong: A body that announces no length is not limited.
//
// Hint: A chunked body that is too long is not cut at the limit. The row shows how many
// bytes the handler took for the whole body. More than 100: nothing cut it, or too late.
// 100 with a status of 200: it was cut in silence, as if it were over. The section of
// 1.7 in the notes names a reader that ends with an error.
//
// Fails:
//   - TestBodyLimit/an_unannounced_body_is_cut_at_the_limit
//   - TestBodyLimit/a_long_unannounced_body_is_cut_at_the_limit
//   - TestBodyLimit_answersAtOnce/a_chunked_body_that_never_ends
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
			next.ServeHTTP(w, r)
		})
	}
}
