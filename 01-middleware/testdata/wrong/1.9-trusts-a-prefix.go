// Wrong: Whatever stands after the word Bearer counts as a token.
//
// Hint: A header that is not well written, or that comes twice, is not refused as it
// must be. The row shows the answer, or what the authenticator was asked. BearerToken,
// in the file bearer.go, knows what a header may look like. Its error has the right code
// already.
//
// Fails:
//   - TestAuthenticate/a_header_that_is_not_well_written_is_refused_unasked
//   - TestAuthenticate/two_headers_are_refused_unasked
package middleware

import (
	"context"
	"example.com/authbook/internal/problem"
	"log/slog"
	"net/http"
	"strings"
)

func Authenticate(log *slog.Logger, a Authenticator) Middleware {
	return func(next http.Handler) http.Handler {
		return Errors(log)(func(w http.ResponseWriter, r *http.Request) error {
			auth := r.Header.Get("Authorization")
			if !strings.HasPrefix(auth, "Bearer ") {
				return problem.New(problem.TokenNotFound, "")
			}
			token := auth[7:]
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
