// Wrong: After the refusal the handler runs all the same.
//
// Hint: The handler ran for a body that had announced too much. The client says in a
// header how much it will send. Do you look at that number before next? And where you
// refuse, does your function end there? An answer does not end it.
//
// Fails:
//   - TestBodyLimit/one_byte_more_is_refused_before_the_handler
//   - TestBodyLimit/a_much_longer_body_is_refused_before_the_handler
//   - TestBodyLimit_answersAtOnce/an_announced_body_that_never_comes
//   - TestBodyLimit_answersAtOnce/a_client_that_asks_first
package middleware

import (
	"net/http"
)

func BodyLimit(n int64) Middleware {
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if r.ContentLength > n {
				refuseBody(w)
			}
			inner := *r
			inner.Body = http.MaxBytesReader(innermost(w), r.Body, n)
			serveCopy(next, w, r, &inner)
		})
	}
}
