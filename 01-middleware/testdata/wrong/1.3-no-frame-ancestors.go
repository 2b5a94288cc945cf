// Wrong: The content policy does not say who may frame the answer.
//
// Hint: The content policy has not the value that the row prints. It holds two
// directives: rules of one name and its values, with a semicolon between two.
// default-src is the fallback for what a page loads. It is no fallback for who may show
// it in a frame: that is a directive of its own.
//
// Fails:
//   - TestSecurityHeaders/an_answer_loads_nothing_and_stands_in_no_frame
package middleware

import "net/http"

func SecurityHeaders(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Content-Security-Policy", "default-src 'none'")
		h.Set("X-Frame-Options", "DENY")
		h.Set("Referrer-Policy", "no-referrer")
		h.Set("Cross-Origin-Opener-Policy", "same-origin")
		h.Set("Cross-Origin-Resource-Policy", "same-origin")
		h.Set("Cache-Control", "no-store")
		next.ServeHTTP(w, r)
	})
}
