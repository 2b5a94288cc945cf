// Wrong: A request without a principal is answered 403.
//
// Hint: A request without a principal does not get 401 TOKEN_NOT_FOUND; the row shows
// what came. 403 would say: I know you, and you may not. A panic says that the principal
// was used where there is none. Is the second value of PrincipalFrom asked first, and
// does the refusal end your function?
//
// Fails:
//   - TestRequireRole/without_authentication_the_answer_is_401
//   - TestRequireRole/without_authentication_the_code_says_that_no_token_came
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
