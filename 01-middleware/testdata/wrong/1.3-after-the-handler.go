// Wrong: The headers are set after the handler has answered.
//
// Hint: None of your headers reaches the client. Headers count only if they belong to
// the answer and are set before its first byte. Whose headers do you set, those of w or
// of r? And do you set them before next or after it?
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
//   - TestSecurityHeaders/two_in_one_chain_still_send_each_header_once
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
