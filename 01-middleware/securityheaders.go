package middleware

import (
	"maps"
	"net/http"
)

// SecurityHeaders tells browsers to do nothing with an answer but hand it to
// the program that asked. It is a [Middleware].
//
// The values suit an API that answers JSON. A handler that serves pages sets
// its own value over one of these; the header that it does not touch stays as
// strict as it is. The set follows the OWASP REST Security Cheat Sheet.
//
//workbook:exercise 1.3 TestSecurityHeaders|TestSecurityHeaders_.*
func SecurityHeaders(next http.Handler) http.Handler {
	strict := http.Header{ // made once, and shared by all answers
		"X-Content-Type-Options":       {"nosniff"},
		"Content-Security-Policy":      {"default-src 'none'; frame-ancestors 'none'"},
		"X-Frame-Options":              {"DENY"},
		"Referrer-Policy":              {"no-referrer"},
		"Cross-Origin-Opener-Policy":   {"same-origin"},
		"Cross-Origin-Resource-Policy": {"same-origin"},
		"Cache-Control":                {"no-store"},
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		maps.Copy(w.Header(), strict)
		next.ServeHTTP(w, r)
	})
}
