// Wrong: Pages of the own site may still frame the answer.
//
// Hint: X-Frame-Options has not the value that the row prints. Without the header any
// page may frame the answer. One of its values still allows the pages of the same site.
// An API has no page that needs that.
//
// Fails:
//   - TestSecurityHeaders/old_browsers_don't_frame_it_either
//   - TestSecurityHeaders/a_refusal_has_them_too
package middleware

import "net/http"

func SecurityHeaders(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'")
		h.Set("X-Frame-Options", "SAMEORIGIN")
		h.Set("Referrer-Policy", "no-referrer")
		h.Set("Cross-Origin-Opener-Policy", "same-origin")
		h.Set("Cross-Origin-Resource-Policy", "same-origin")
		h.Set("Cache-Control", "no-store")
		next.ServeHTTP(w, r)
	})
}
