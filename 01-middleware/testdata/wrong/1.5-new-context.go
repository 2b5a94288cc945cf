// Wrong: The context is a new one, without the values and the end of the request's own.
//
// Hint: The handler's context has lost what was in it before. A context is made from
// another one and holds all that is in that. Which one do you start from?
//
// Fails:
//   - TestRequestID/what_others_put_into_the_context_stays
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
		ctx := context.WithValue(context.Background(), requestIDKey{}, id)
		serveCopy(next, w, r, r.WithContext(ctx))
	})
}
