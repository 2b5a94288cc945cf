// Wrong: The route that the mux writes into the copy is not carried back.
//
// Hint: The door works, and the access log further out has lost the route. The mux notes
// it on the request that it gets, and that is your copy. serveCopy carries it back, if
// it gets two requests: the one that came in, and the copy. Which ones does it get from
// you?
//
// Fails:
//   - TestAuthenticate_handsTheRequestOn/the_route_comes_out
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
