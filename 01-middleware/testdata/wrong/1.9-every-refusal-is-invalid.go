// Wrong: Every error of the authenticator becomes INVALID_TOKEN.
//
// Hint: All errors of the authenticator get one answer; the row shows which. So an
// expired token looks forged, and so does a store that is down. A client refreshes after
// TOKEN_EXPIRED and waits after a 5xx. Whose error is the right one?
//
// Fails:
//   - TestAuthenticate/an_expired_token_keeps_its_own_code
//   - TestAuthenticate/an_error_counts_more_than_a_principal
//   - TestAuthenticate/a_failing_store_refuses_and_is_logged
//   - TestAuthenticate/an_authenticator_that_says_nothing_refuses
package middleware

import (
	"context"
	"log/slog"
	"net/http"

	"example.com/authbook/internal/problem"
)

func Authenticate(log *slog.Logger, a Authenticator) Middleware {
	return func(next http.Handler) http.Handler {
		return Errors(log)(func(w http.ResponseWriter, r *http.Request) error {
			token, err := BearerToken(r)
			if err != nil {
				return err
			}
			who, err := identify(r.Context(), a, token)
			if err != nil {
				return problem.New(problem.InvalidToken, "")
			}
			ctx := context.WithValue(r.Context(), principalKey{}, who)
			serveCopy(next, w, r, r.WithContext(ctx))
			return nil
		})
	}
}
