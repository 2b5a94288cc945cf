// Wrong: The principal is not handed on.
//
// Hint: The door opens, and PrincipalFrom finds nobody in the handler. Two places can
// lose the principal. WithContext returns a copy and leaves r as it was: which request
// does next get? And is the principal stored under the key that PrincipalFrom reads?
//
// Fails:
//   - TestAuthenticate_handsTheRequestOn/the_handler_finds_the_principal
package middleware

import (
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
			_ = who
			next.ServeHTTP(w, r)
			return nil
		})
	}
}
