// Wrong: No token is answered like a bad one.
//
// Hint: A request without a principal gets its 401, but not the code TOKEN_NOT_FOUND. It
// showed no token, so none can be invalid, and a client goes by the code. The comment
// above the function names it.
//
// Fails:
//   - TestRequireRole/without_authentication_the_code_says_that_no_token_came
package middleware

import (
	"example.com/authbook/internal/problem"
	"net/http"
)

func RequireRole(role string) Middleware {
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			who, ok := PrincipalFrom(r.Context())
			if !ok {
				problem.Write(w, problem.New(problem.InvalidToken, ""))
				return
			}
			if !who.HasRole(role) {
				problem.Write(w, problem.New(problem.AccessDenied, ""))
				return
			}
			next.ServeHTTP(w, r)
		})
	}
}
