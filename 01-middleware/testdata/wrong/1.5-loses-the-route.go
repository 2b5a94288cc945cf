// Wrong: The route that the mux writes into the copy is not carried back.
//
// Hint: The handler and the client have the id, but the access log further out has lost
// the route. The mux notes it on the request that it gets, and that is your copy.
// serveCopy carries it back, if it gets two requests: the one that came in, and the
// copy. Which ones does it get from you?
//
// Fails:
//   - TestRequestID/the_route_comes_out
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
		ctx := context.WithValue(r.Context(), requestIDKey{}, id)
		next.ServeHTTP(w, r.WithContext(ctx))
	})
}
