// Wrong: The request with the new context is made and thrown away.
//
// Hint: The client reads an id, and RequestIDFrom finds none in the handler. Two places
// can lose it. WithContext returns a copy and leaves r as it was: which request does
// next get? And is the value stored under the key, and with the type, that RequestIDFrom
// reads?
//
// Fails:
//   - TestRequestID/the_handler_reads_an_id
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
		w.Header().Set("X-Request-ID", id)
		_ = r.WithContext(context.WithValue(r.Context(), requestIDKey{}, id))
		next.ServeHTTP(w, r)
	})
}
