// Wrong: no-cache allows a cache to keep the answer.
//
// Hint: Cache-Control has not the value that the row prints. Without the header, and
// with no-cache too, a cache may keep the answer: no-cache asks it to check before each
// use. Another value forbids to keep it at all.
//
// Fails:
//   - TestSecurityHeaders/nothing_is_kept
package middleware

import "net/http"

func SecurityHeaders(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'")
		h.Set("X-Frame-Options", "DENY")
		h.Set("Referrer-Policy", "no-referrer")
		h.Set("Cross-Origin-Opener-Policy", "same-origin")
		h.Set("Cross-Origin-Resource-Policy", "same-origin")
		h.Set("Cache-Control", "no-cache")
		next.ServeHTTP(w, r)
	})
}
