// Wrong: The context is a new one, without the values and the end of the request's own.
//
// Hint: The handler's context has lost what was in it before, such as the request id. A
// context is made from another one and holds all that is in that. Which one do you start
// from?
//
// Fails:
//   - TestAuthenticate_handsTheRequestOn/what_others_put_into_the_context_stays
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
			if err != nil {
				return err
			}
			ctx := context.WithValue(context.Background(), principalKey{}, who)
			serveCopy(next, w, r, r.WithContext(ctx))
			return nil
		})
	}
}
