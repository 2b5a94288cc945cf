// Wrong: After the refusal the handler runs all the same.
//
// Hint: The client reads 403, and the deed is done: the handler ran. problem.Write
// sends an answer and then returns to you like any other function. Which line runs
// after it?
//
// Fails:
//   - TestRequireRole/a_principal_without_the_role_is_denied
//   - TestRequireRole/the_name_of_a_role_is_exact
//   - TestRequireRole/an_empty_role_is_nobody's
//   - TestRequireRole/a_denied_request_does_not_reach_the_handler
package middleware

import (
	"net/http"

	"example.com/authbook/internal/problem"
)

func RequireRole(role string) Middleware {
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			who, ok := PrincipalFrom(r.Context())
			if !ok {
				problem.Write(w, problem.New(problem.TokenNotFound, ""))
				return
			}
			if !who.HasRole(role) {
				problem.Write(w, problem.New(problem.AccessDenied, ""))
			}
			next.ServeHTTP(w, r)
		})
	}
}
