package middleware

import (
	"context"
	"crypto/rand"
	"net/http"
)

// requestIDKey is the key of the request id in a context. A type of our own
// can't collide with the key of another package, as a string could.
type requestIDKey struct{}

// RequestID gives each request an id of 26 characters, in the context and in
// the header X-Request-Id of the answer, so that an answer and its log lines
// can be matched. It is a [Middleware].
//
// An id that the client sent is not used: a client could choose it to hide
// among the log lines of others.
//
//workbook:exercise 1.4
func RequestID(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		id := rand.Text()
		w.Header().Set("X-Request-Id", id)
		ctx := context.WithValue(r.Context(), requestIDKey{}, id)
		serveCopy(next, w, r, r.WithContext(ctx))
	})
}

// RequestIDFrom returns the id that [RequestID] gave the request, or "" where
// there is none.
func RequestIDFrom(ctx context.Context) string {
	id, _ := ctx.Value(requestIDKey{}).(string)
	return id
}

// serveCopy calls next with inner, a changed copy of r. A ServeMux further in
// writes the pattern that it matched into the request it gets, so into the
// copy; serveCopy carries it back, for the access log further out. It does so
// for a panic too.
func serveCopy(next http.Handler, w http.ResponseWriter, r, inner *http.Request) {
	defer func() { r.Pattern = inner.Pattern }()
	next.ServeHTTP(w, inner)
}
