package middleware

import (
	"maps"
	"net/http"
)

// strict are the headers that [SecurityHeaders] sets. They suit an API that
// answers JSON, and follow the OWASP REST Security Cheat Sheet: TestStrict says
// why each is there. They are made once, shared by all answers, and never
// changed.
var strict = http.Header{
	"X-Content-Type-Options":       {"nosniff"},
	"Content-Security-Policy":      {"default-src 'none'; frame-ancestors 'none'"},
	"X-Frame-Options":              {"DENY"},
	"Referrer-Policy":              {"no-referrer"},
	"Cross-Origin-Opener-Policy":   {"same-origin"},
	"Cross-Origin-Resource-Policy": {"same-origin"},
	"Cache-Control":                {"no-store"},
}

// SecurityHeaders gives every answer the strict headers: they tell browsers to
// hand the answer to the program that asked and do nothing else with it. It is
// a [Middleware].
//
// They are defaults: a handler that serves pages sets its own value over one of
// them, and the others stay as strict as they are.
//
//workbook:exercise 1.1 TestSecurityHeaders|TestSecurityHeaders_.*
func SecurityHeaders(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		maps.Copy(w.Header(), strict)
		next.ServeHTTP(w, r)
	})
}
