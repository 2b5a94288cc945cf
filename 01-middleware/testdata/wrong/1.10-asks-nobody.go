// Wrong: Whether there is a principal is not asked, and a nil principal panics.
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
	"example.com/authbook/internal/problem"
	"net/http"
)

func RequireRole(role string) Middleware {
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			who, _ := PrincipalFrom(r.Context())
			if !who.HasRole(role) {
				problem.Write(w, problem.New(problem.AccessDenied, ""))
				return
			}
			next.ServeHTTP(w, r)
		})
	}
}
