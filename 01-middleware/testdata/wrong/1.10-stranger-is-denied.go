// Wrong: A request without a principal is answered 403.
//
// Hint: A stranger is told that a log-in would not help. 401 says: I don't know you.
// 403 says: I know you, and you may not. Which of the two fits a request without a
// principal?
//
// Fails:
//   - TestRequireRole/without_authentication_the_answer_is_401
package middleware

import (
	"net/http"

	"example.com/authbook/internal/problem"
)

func RequireRole(role string) Middleware {
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			who, ok := PrincipalFrom(r.Context())
			if !ok || !who.HasRole(role) {
				problem.Write(w, problem.New(problem.AccessDenied, ""))
				return
			}
			next.ServeHTTP(w, r)
		})
	}
}
