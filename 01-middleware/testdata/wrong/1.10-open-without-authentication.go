// Wrong: A request without a principal passes.
//
// Hint: The door stands open where Authenticate was forgotten, and nothing looks broken.
// Your code may refuse those who are known and lack the role. What does it do about
// those who are not known at all, and does it end there?
//
// Fails:
//   - TestRequireRole/without_authentication_the_answer_is_401
//   - TestRequireRole/without_authentication_the_code_says_that_no_token_came
//   - TestRequireRole/without_authentication_nothing_reaches_the_handler
package middleware

import (
	"net/http"

	"example.com/authbook/internal/problem"
)

func RequireRole(role string) Middleware {
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			who, ok := PrincipalFrom(r.Context())
			if ok && !who.HasRole(role) {
				problem.Write(w, problem.New(problem.AccessDenied, ""))
				return
			}
			next.ServeHTTP(w, r)
		})
	}
}
