// Wrong: The stranger gets 403 and the member 401.
//
// Hint: Neither refusal is the one that the rows expect: compare what it prints.
// 401 says: I don't know you. 403 says: I know you, and you may not. Which of the two
// fits a request without a principal?
//
// Fails:
//   - TestRequireRole/a_principal_without_the_role_is_denied
//   - TestRequireRole/the_name_of_a_role_is_exact
//   - TestRequireRole/an_empty_role_is_nobody's
//   - TestRequireRole/without_authentication_the_answer_is_401
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
				problem.Write(w, problem.New(problem.AccessDenied, ""))
				return
			}
			if !who.HasRole(role) {
				problem.Write(w, problem.New(problem.TokenNotFound, ""))
				return
			}
			next.ServeHTTP(w, r)
		})
	}
}
