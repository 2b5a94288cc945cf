package middleware

import (
	"net/http"

	"example.com/authbook/internal/problem"
	"golang.org/x/time/rate"
)

// RateLimit lets each client make burst requests at once and perSecond
// requests a second after that. It answers the rest 429, and Retry-After says
// when the next one will pass. A refused request costs the client nothing.
//
// Requests with the same key count as one client's. The memory of at most
// maxKeys clients is kept, those that came last. All handlers that one
// RateLimit wraps share one count. Like [time.NewTicker] it panics for numbers
// that can't work: perSecond and burst are positive, maxKeys is 2 or more.
func RateLimit(perSecond rate.Limit, burst int, key func(*http.Request) string, maxKeys int) Middleware {
	if perSecond <= 0 || burst <= 0 || maxKeys < 2 {
		panic("middleware: RateLimit needs perSecond > 0, burst > 0 and maxKeys > 1")
	}
	clients := newBuckets(perSecond, burst, maxKeys)
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if wait, ok := clients.take(key(r)); !ok {
				problem.Write(w, problem.RetryLater(problem.TooManyRequests, wait, nil))
				return
			}
			next.ServeHTTP(w, r)
		})
	}
}
