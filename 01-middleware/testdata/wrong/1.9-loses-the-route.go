// Wrong: The route that the mux writes into the copy is not carried back.
//
// Hint: The door works, but the access log further out has lost the route. You hand a
// copy of the request on, as in 1.5. Who carries back what the mux writes into it?
//
// Fails:
//   - TestAuthenticate/a_good_token_passes
//   - TestWholeChain/the_route_comes_out_through_all_copies
//   - TestWholeChain/the_route_comes_out_with_a_panic_too
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
			ctx := context.WithValue(r.Context(), principalKey{}, who)
			next.ServeHTTP(w, r.WithContext(ctx))
			return nil
		})
	}
}
