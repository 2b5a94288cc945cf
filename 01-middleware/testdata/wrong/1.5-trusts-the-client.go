// Wrong: An id that the client sent is taken over.
//
// Hint: A client chooses its own id, perhaps that of another request, and hides among
// the other's log lines. Read the second paragraph of the comment above the function.
//
// Fails:
//   - TestRequestID/an_id_of_the_client_is_not_used
//   - TestRequestID/two_ids_of_the_client_are_not_used
package middleware

import (
	"context"
	"crypto/rand"
	"net/http"
)

func RequestID(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		id := r.Header.Get("X-Request-ID")
		if id == "" {
			id = rand.Text()
		}
		w.Header().Set("X-Request-ID", id)
		ctx := context.WithValue(r.Context(), requestIDKey{}, id)
		serveCopy(next, w, r, r.WithContext(ctx))
	})
}
