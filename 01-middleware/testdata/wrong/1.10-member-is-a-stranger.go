// Wrong: A principal without the role is answered 401.
//
// Hint: Somebody who is known and lacks the role does not get the right refusal; the row
// shows what came. 401 says: I don't know you, and a client would log in for ever. 403
// says: I know you, and you may not. The comment above the function names the code.
//
// Fails:
//   - TestRequireRole/a_principal_without_the_role_is_denied
//   - TestRequireRole/the_name_of_a_role_is_exact
//   - TestRequireRole/an_empty_role_is_nobody's
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
				problem.Write(w, problem.New(problem.TokenNotFound, ""))
				return
			}
			next.ServeHTTP(w, r)
		})
	}
}
