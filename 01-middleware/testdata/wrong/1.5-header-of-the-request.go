// Wrong: The id is set in the headers of the request.
//
// Hint: The handler has the id and the client does not. There are two sets of headers:
// those that came with the request, and those that go out with the answer. Which one
// does the client read?
//
// Fails:
//   - TestRequestID/the_answer_carries_one_id
//   - TestRequestID/an_answer_without_a_body_carries_it_too
//   - TestRequestID/the_handler_and_the_client_read_the_same_id
//   - TestRequestID/each_request_has_an_id_of_its_own
package middleware

import (
	"context"
	"crypto/rand"
	"net/http"
)

func RequestID(next http.Handler) http.Handler {

	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		id := rand.Text()
		r.Header.Set("X-Request-ID", id)
		ctx := context.WithValue(r.Context(), requestIDKey{}, id)
		serveCopy(next, w, r, r.WithContext(ctx))
	})
}
