package middleware

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
)

// Principal is the sender of the request, once that is known.
type Principal interface {
	HasRole(role string) bool
}

// Authenticator finds out whose a bearer token is. Its error is answered
// as it is, so a token that is refused needs a problem of its own, such as
// TOKEN_EXPIRED.
type Authenticator interface {
	Authenticate(ctx context.Context, token string) (Principal, error)
}

// principalKey is the key of the principal in a context.
type principalKey struct{}

// Authenticate lets a request pass that carries a bearer token which a
// accepts, and puts the principal in its context. It answers all others, with
// 401 unless a says otherwise.
//
//workbook:exercise 1.9 TestAuthenticate|TestAuthenticate_.*|TestWholeChain
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
			serveCopy(next, w, r, r.WithContext(ctx))
			return nil
		})
	}
}

// identify asks a about the token. An answer that is neither a principal nor an
// error is a mistake of a, and it must not let anybody in.
func identify(ctx context.Context, a Authenticator, token string) (Principal, error) {
	who, err := a.Authenticate(ctx, token)
	if err == nil && who == nil {
		return nil, errors.New("middleware: the authenticator returned neither a principal nor an error")
	}
	return who, err
}

// PrincipalFrom returns the principal that [Authenticate] found, and whether
// there is one.
func PrincipalFrom(ctx context.Context) (Principal, bool) {
	p, ok := ctx.Value(principalKey{}).(Principal)
	return p, ok
}
