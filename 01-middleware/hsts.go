package middleware

import (
	"net/http"
	"strconv"
	"time"
)

// HSTS tells browsers to use nothing but HTTPS with this host for maxAge
// (RFC 6797). Put it in the chain of a server that is reached through HTTPS
// only: over plain HTTP the header must not be sent (section 7.2), and a
// browser that has seen it refuses plain HTTP until maxAge is over.
func HSTS(maxAge time.Duration) Middleware {
	value := "max-age=" + strconv.Itoa(int(maxAge/time.Second))
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Strict-Transport-Security", value)
			next.ServeHTTP(w, r)
		})
	}
}
