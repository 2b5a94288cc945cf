// Wrong: The headers are set after the handler has answered.
//
// Hint: The answer goes out without your headers. A handler's first Write sends the
// header lines, and what is set after that reaches nobody. When does your code run: on
// the way in or on the way out?
//
// Fails:
//   - TestSecurityHeaders/the_type_is_not_guessed
//   - TestSecurityHeaders/an_answer_loads_nothing_and_stands_in_no_frame
//   - TestSecurityHeaders/old_browsers_don't_frame_it_either
//   - TestSecurityHeaders/the_address_stays_here
//   - TestSecurityHeaders/no_window_of_another_site_reaches_in
//   - TestSecurityHeaders/no_other_site_embeds_it
//   - TestSecurityHeaders/nothing_is_kept
//   - TestSecurityHeaders/the_others_stay_when_it_does
//   - TestSecurityHeaders/a_refusal_has_them_too
package middleware

import "net/http"

func SecurityHeaders(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		next.ServeHTTP(w, r)
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
