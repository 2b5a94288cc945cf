// Wrong: The route that the mux writes into the copy is not carried back.
//
// Hint: Bodies are limited, and the access log further out has lost the route. The mux
// notes it on the request that it gets, and that is your copy. Who carries it back, as
// in 1.5?
//
// Fails:
//   - TestBodyLimit_carriesTheRouteOut
package middleware

import (
	"net/http"
)

func BodyLimit(n int64) Middleware {
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if r.ContentLength > n {
				refuseBody(w)
				return
			}
			inner := *r
			inner.Body = http.MaxBytesReader(innermost(w), r.Body, n)
			next.ServeHTTP(w, &inner)
		})
	}
}
