package middleware

import (
	"net/http"

	"example.com/authbook/internal/problem"
)

// RequireRole lets a principal pass who has the role, and answers others 403
// ACCESS_DENIED. It belongs inside [Authenticate]. Without that there is no
// principal, and it answers 401 TOKEN_NOT_FOUND: a forgotten middleware must
// refuse all, not let all in.
//
//workbook:exercise 1.10
func RequireRole(role string) Middleware {
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			who, ok := PrincipalFrom(r.Context())
			switch {
			case !ok:
				problem.Write(w, problem.New(problem.TokenNotFound, ""))
			case !who.HasRole(role):
				problem.Write(w, problem.New(problem.AccessDenied, ""))
			default:
				next.ServeHTTP(w, r)
			}
		})
	}
}
