// Wrong: The header gets another id than the context.
//
// Hint: The client and the handler read different ids. How often do you make one for
// each request?
//
// Fails:
//   - TestRequestID/the_handler_and_the_client_read_the_same_id
package middleware

import (
	"context"
	"crypto/rand"
	"net/http"
)

func RequestID(next http.Handler) http.Handler {

	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		id := rand.Text()
		w.Header().Set("X-Request-ID", rand.Text())
		ctx := context.WithValue(r.Context(), requestIDKey{}, id)
		serveCopy(next, w, r, r.WithContext(ctx))
	})
}
