// Wrong: The header is cut up by hand, so whatever is in it counts as a token.
//
// Hint: The authenticator is asked about things that are no token: an empty text,
// another scheme, half a list. BearerToken, in the file bearer.go, reads the header by
// the rules of RFC 6750. Where it finds no token it returns an error, and that is your
// answer.
//
// Fails:
//   - TestAuthenticate/no_header_is_refused
//   - TestAuthenticate/another_scheme_is_refused
//   - TestAuthenticate/a_token_in_the_query_string_is_not_seen
//   - TestAuthenticate/a_header_that_is_not_well_written_is_refused_unasked
//   - TestAuthenticate/two_headers_are_refused_unasked
package middleware

import (
	"context"
	"log/slog"
	"net/http"
	"strings"
)

func Authenticate(log *slog.Logger, a Authenticator) Middleware {
	return func(next http.Handler) http.Handler {
		return Errors(log)(func(w http.ResponseWriter, r *http.Request) error {
			token := strings.TrimPrefix(r.Header.Get("Authorization"), "Bearer ")
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
