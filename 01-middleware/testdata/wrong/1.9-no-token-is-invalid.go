// Wrong: No token is answered like a bad one.
//
// Hint: A request without a token must be told so, and gets another answer; the row
// shows which. A client logs in after TOKEN_NOT_FOUND and throws its token away after
// INVALID_TOKEN. BearerToken returns the right one.
//
// Fails:
//   - TestAuthenticate/no_header_is_refused
//   - TestAuthenticate/another_scheme_is_refused
//   - TestAuthenticate/a_token_in_the_query_string_is_not_seen
package middleware

import (
	"context"
	"example.com/authbook/internal/problem"
	"log/slog"
	"net/http"
)

func Authenticate(log *slog.Logger, a Authenticator) Middleware {
	return func(next http.Handler) http.Handler {
		return Errors(log)(func(w http.ResponseWriter, r *http.Request) error {
			token, err := BearerToken(r)
			if err != nil {
				return problem.New(problem.InvalidToken, "")
			}
			who, err := identify(r.Context(), a, token)
			if err != nil {
				return err
			}
			ctx := context.WithValue(r.Context(), principalKey{}, who)
			serveCopy(next, w, r, r.WithContext(ctx))
			return nil
		})
	}
}
