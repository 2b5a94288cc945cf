// Wrong: The request with the new context is made and thrown away.
//
// Hint: The client reads the id and the handler finds none. WithContext does not
// change the request that it is called on. Which request do you hand to next?
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
		w.Header().Set("X-Request-ID", id)
		_ = r.WithContext(context.WithValue(r.Context(), requestIDKey{}, id))
		next.ServeHTTP(w, r)
	})
}
