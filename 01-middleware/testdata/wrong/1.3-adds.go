// Wrong: The headers are added to those that are there.
//
// Hint: A header comes twice where two middlewares set it. One method of http.Header
// adds a value to those that are there; another replaces them. Which one do you call?
//
// Fails:
//   - TestSecurityHeaders/two_in_one_chain_still_send_each_header_once
package middleware

import (
	"net/http"
)

func SecurityHeaders(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Add("X-Content-Type-Options", "nosniff")
		h.Add("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'")
		h.Add("X-Frame-Options", "DENY")
		h.Add("Referrer-Policy", "no-referrer")
		h.Add("Cross-Origin-Opener-Policy", "same-origin")
		h.Add("Cross-Origin-Resource-Policy", "same-origin")
		h.Add("Cache-Control", "no-store")
		next.ServeHTTP(w, r)
	})
}
