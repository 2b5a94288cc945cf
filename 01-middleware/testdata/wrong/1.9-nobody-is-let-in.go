// Wrong: An authenticator that returns neither a principal nor an error opens the
// door.
//
// Hint: An authenticator that returns neither a principal nor an error must lead to a
// 500; the row shows what came. Code that returns nil, nil has a mistake, and it must
// not count as a yes. The file has a helper that asks and is not fooled.
//
// Fails:
//   - TestAuthenticate/an_authenticator_that_says_nothing_refuses
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
			who, err := a.Authenticate(r.Context(), token)
			if err != nil {
				return err
			}
			ctx := context.WithValue(r.Context(), principalKey{}, who)
			serveCopy(next, w, r, r.WithContext(ctx))
			return nil
		})
	}
}
