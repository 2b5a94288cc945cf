// Wrong: The request is not handed on.
//
// Hint: The handler never runs: its answer is missing, and so are the headers that it
// sets. A middleware stands around a handler. What must yours do when the headers are
// set?
//
// Fails:
//   - TestSecurityHeaders_handsTheRequestOn
//   - TestSecurityHeaders/a_handler_can_choose_its_own_value
package middleware

import (
	"net/http"
)

func SecurityHeaders(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'")
		h.Set("X-Frame-Options", "DENY")
		h.Set("Referrer-Policy", "no-referrer")
		h.Set("Cross-Origin-Opener-Policy", "same-origin")
		h.Set("Cross-Origin-Resource-Policy", "same-origin")
		h.Set("Cache-Control", "no-store")
	})
}
