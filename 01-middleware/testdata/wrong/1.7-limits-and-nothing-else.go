// Wrong: The body is limited in the request itself, and nothing is refused early.
//
// Hint: Chunked bodies are cut, and three things are missing. A body that announces too
// much can be refused unread. If you do refuse it: does your function end there? The
// request belongs to those further out as well, so a copy must get the limited body. And
// the reader needs the innermost writer, or net/http waits for the rest.
//
// Fails:
//   - TestBodyLimit/one_byte_more_is_refused_before_the_handler
//   - TestBodyLimit/a_much_longer_body_is_refused_before_the_handler
//   - TestBodyLimit_answersAtOnce/an_announced_body_that_never_comes
//   - TestBodyLimit_answersAtOnce/a_chunked_body_that_never_ends
//   - TestBodyLimit_answersAtOnce/a_client_that_asks_first
//   - TestBodyLimit_leavesTheRequestAlone
package middleware

import (
	"net/http"
)

func BodyLimit(n int64) Middleware {
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			r.Body = http.MaxBytesReader(w, r.Body, n)
			next.ServeHTTP(w, r)
		})
	}
}
