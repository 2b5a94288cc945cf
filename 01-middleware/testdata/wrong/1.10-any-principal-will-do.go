// Wrong: Whoever is known passes, with any role.
//
// Hint: Somebody without the role reached the handler, and what it did can't be taken
// back. If the row complains about the status too, nobody asked for the role. If it does
// not, the refusal was written and your function went on. problem.Write returns to you
// like any other function.
//
// Fails:
//   - TestRequireRole/a_principal_without_the_role_is_denied
//   - TestRequireRole/the_name_of_a_role_is_exact
//   - TestRequireRole/an_empty_role_is_nobody's
//   - TestRequireRole/a_denied_request_does_not_reach_the_handler
package middleware

import (
	"example.com/authbook/internal/problem"
	"net/http"
)

func RequireRole(role string) Middleware {
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			_, ok := PrincipalFrom(r.Context())
			if !ok {
				problem.Write(w, problem.New(problem.TokenNotFound, ""))
				return
			}
			next.ServeHTTP(w, r)
		})
	}
}
