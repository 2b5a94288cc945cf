// Wrong: Every error of the authenticator becomes INVALID_TOKEN.
//
// Hint: Expired tokens look like forged ones, and a store that is down looks like a
// bad token. A client refreshes after TOKEN_EXPIRED and asks for the password after
// INVALID_TOKEN. Whose error is the right one?
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
