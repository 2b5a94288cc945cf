// Wrong: The layers are built anew for each request.
//
// Hint: Every request wraps the handler again. A middleware that prepares something
// while it wraps, such as a counter, would begin anew each time. Which of your loops
// runs when a request comes?
//
// Fails:
//   - TestChain/wrapping_is_done_once,_not_at_each_request
package middleware

import (
	"net/http"
	"slices"
)

func Chain(mws ...Middleware) Middleware {
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			h := next
			for _, mw := range slices.Backward(mws) {
				h = mw(h)
			}
			h.ServeHTTP(w, r)
		})
	}
}
