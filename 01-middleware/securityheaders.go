package middleware

import "net/http"

// SecurityHeaders tells browsers to do nothing with an answer but hand it to
// the program that asked. It is a [Middleware].
//
// The values suit an API that answers JSON. A handler that serves pages sets
// its own value over one of these; the header that it does not touch stays as
// strict as it is. The set follows the OWASP REST Security Cheat Sheet.
//
//workbook:exercise 1.3 TestSecurityHeaders|TestSecurityHeaders_.*
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
		next.ServeHTTP(w, r)
	})
}
