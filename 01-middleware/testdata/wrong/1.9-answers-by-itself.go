// Wrong: Errors are written past the adapter, so nothing is logged.
//
// Hint: The client gets the right answers, and the log misses the failures of the
// server. There is one place that answers errors and logs those of the server: 1.8. How
// would your handler look if it returned its errors?
//
// Fails:
//   - TestAuthenticate/a_failing_store_refuses_and_is_logged
//   - TestAuthenticate/an_authenticator_that_says_nothing_refuses
package middleware

import (
	"context"
	"example.com/authbook/internal/problem"
	"log/slog"
	"net/http"
)

func Authenticate(log *slog.Logger, a Authenticator) Middleware {
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			token, err := BearerToken(r)
			if err != nil {
				problem.Write(w, err)
				return
			}
			who, err := identify(r.Context(), a, token)
			if err != nil {
				problem.Write(w, err)
				return
			}
			ctx := context.WithValue(r.Context(), principalKey{}, who)
			serveCopy(next, w, r, r.WithContext(ctx))
		})
	}
}
