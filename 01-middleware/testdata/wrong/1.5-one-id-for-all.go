// Wrong: The id is made once, when the middleware wraps the handler.
//
// Hint: All requests carry the same id, so it tells none of them apart. Which lines of
// yours run once, when the handler is wrapped, and which run for each request?
//
// Fails:
//   - TestRequestID/each_request_has_an_id_of_its_own
package middleware

import (
	"context"
	"crypto/rand"
	"net/http"
)

func RequestID(next http.Handler) http.Handler {
	id := rand.Text()
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("X-Request-ID", id)
		ctx := context.WithValue(r.Context(), requestIDKey{}, id)
		serveCopy(next, w, r, r.WithContext(ctx))
	})
}
