package middleware

import (
	"net/http"
	"slices"
)

// Middleware takes a handler and returns a handler that does something before
// it, after it, or instead of it.
type Middleware func(next http.Handler) http.Handler

// Chain makes one middleware of many. The first one listed is the outermost:
// it sees the request first and the answer last. A chain of none returns the
// handler as it is.
//
//workbook:exercise 1.3
func Chain(mws ...Middleware) Middleware {
	return func(next http.Handler) http.Handler {
		for _, mw := range slices.Backward(mws) {
			next = mw(next)
		}
		return next
	}
}
