// Wrong: A principal that comes with an error is let in.
//
// Hint: An expired token opened the door, because its owner was named beside the error.
// In Go the error decides: what comes with it must not be used. Which of the two do you
// look at first?
//
// Fails:
//   - TestAuthenticate/an_error_counts_more_than_a_principal
package middleware

import (
	"context"
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
			if who == nil {
				return err
			}
			ctx := context.WithValue(r.Context(), principalKey{}, who)
			serveCopy(next, w, r, r.WithContext(ctx))
			return nil
		})
	}
}
