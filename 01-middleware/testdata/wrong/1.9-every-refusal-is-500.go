// Wrong: The authenticator's error is repeated as text and loses its code.
//
// Hint: A refused token is answered 500, as if the server had broken. The code travels
// inside the error, and a new error that repeats only its text has none. What do you
// return where the authenticator refuses?
//
// Fails:
//   - TestAuthenticate/an_unknown_token_is_refused
//   - TestAuthenticate/an_expired_token_keeps_its_own_code
//   - TestAuthenticate/an_error_counts_more_than_a_principal
//   - TestAuthenticate/a_failing_store_refuses_and_is_logged
package middleware

import (
	"context"
	"fmt"
	"log/slog"
	"net/http"
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
				return fmt.Errorf("authenticate: %v", err)
			}
			ctx := context.WithValue(r.Context(), principalKey{}, who)
			serveCopy(next, w, r, r.WithContext(ctx))
			return nil
		})
	}
}
