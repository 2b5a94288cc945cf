// Wrong: A Content-Length that is too large is not refused before the handler.
//
// Hint: The handler runs, and the server waits for bytes that it will not use. The
// client has said in a header how much it will send. Where can you read that number
// without touching the body?
//
// Fails:
//   - TestBodyLimit_answersAtOnce/an_announced_body_that_never_comes
//   - TestBodyLimit_answersAtOnce/a_client_that_asks_first
//   - TestBodyLimit/one_byte_more_is_refused_before_the_handler
//   - TestBodyLimit/a_much_longer_body_is_refused_before_the_handler
package middleware

import "net/http"

func BodyLimit(n int64) Middleware {
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			inner := *r
			inner.Body = http.MaxBytesReader(innermost(w), r.Body, n)
			serveCopy(next, w, r, &inner)
		})
	}
}
