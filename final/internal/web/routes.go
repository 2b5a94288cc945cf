package web

import (
	"net/http"
	"slices"
	"strings"
	"time"

	middleware "example.com/authbook/01-middleware"
	deploy "example.com/authbook/05-deploy"
	"example.com/authbook/docs"
	"example.com/authbook/final/internal/swagger"
	"example.com/authbook/internal/problem"
)

// Handler is the whole surface of the server, on one page. Each route says what a
// request passes (stacks.go) and who answers it.
func (a *App) Handler() http.Handler {
	mux := http.NewServeMux()
	answer := middleware.Errors(a.log)
	mux.Handle("GET /healthz", answer(a.Health.Alive))
	mux.Handle("GET /readyz", answer(a.Health.Ready))
	if a.config.Maintenance {
		mux.Handle("/", http.HandlerFunc(closed))
	} else {
		a.open(mux, answer)
	}
	return a.hsts(a.Around()(a.step("pathsOnly", pathsOnly)(mux)))
}

// open adds all that a server in maintenance does not answer.
func (a *App) open(mux *http.ServeMux, answer func(middleware.HandlerFunc) http.Handler) {
	s := a.stacks()

	mux.Handle("POST /signup", s.open(answer(a.accounts.SignUp)))
	mux.Handle("POST /login", s.login(answer(a.accounts.LogIn)))
	mux.Handle("POST /refresh", s.cookie(answer(a.tokens.Refresh)))
	mux.Handle("POST /logout", s.logOut(answer(a.tokens.LogOut)))
	mux.Handle("POST /logout/all", s.leave(answer(a.tokens.LogOutAll)))

	mux.Handle("GET /me", s.private(answer(a.accounts.Me)))
	mux.Handle("GET /me/sessions", s.private(answer(a.tokens.Sessions)))
	mux.Handle("DELETE /me/sessions", s.end(answer(a.tokens.EndOtherSessions)))
	mux.Handle("DELETE /me/sessions/{id}", s.end(answer(a.tokens.EndSession)))
	mux.Handle("PUT /me/password", s.password(answer(a.accounts.ChangePassword)))
	mux.Handle("DELETE /me", s.sensitive(answer(a.accounts.DeleteMe)))
	mux.Handle("PATCH /admin/users/{username}/roles", s.admin(answer(a.accounts.SetRoles)))

	mux.Handle("GET /version", deploy.ReadVersion())
	mux.Handle("GET /{$}", home(a.site.Origin, a.config.Swagger, a.config.Lab))
	a.openLab(mux)
	if a.config.Swagger {
		mux.Handle("GET /openapi.json", document())
		mux.Handle("/swagger", answer(missing)) // which the mux would redirect to /swagger/
		mux.Handle("GET /swagger/", swagger.Handler("/openapi.json"))
	}
	mux.Handle("/", answer(notFound(mux)))
}

// closed answers during maintenance. It is no failure, so the log has no word of it.
func closed(w http.ResponseWriter, _ *http.Request) {
	problem.Write(w, &problem.Error{Code: problem.Unavailable, RetryAfter: time.Minute,
		Detail: "The server is closed for maintenance; try again as Retry-After says."})
}

// missing answers a path that is not listed.
func missing(http.ResponseWriter, *http.Request) error { return problem.New(problem.NotFound, "") }

// notFound answers what no pattern matched: 405 with the methods that the path
// does take, else 404.
func notFound(mux *http.ServeMux) middleware.HandlerFunc {
	methods := []string{
		http.MethodGet, http.MethodHead, http.MethodPost, http.MethodPut, http.MethodPatch, http.MethodDelete,
	}
	return func(w http.ResponseWriter, r *http.Request) error {
		allowed := slices.DeleteFunc(slices.Clone(methods), func(method string) bool {
			other := r.Clone(r.Context())
			other.Method = method
			_, pattern := mux.Handler(other)
			return pattern == "/"
		})
		if len(allowed) == 0 {
			return problem.New(problem.NotFound, "")
		}
		w.Header().Set("Allow", strings.Join(allowed, ", "))
		return problem.New(problem.MethodNotAllowed, "")
	}
}

// document serves the OpenAPI document, converted once.
func document() http.Handler {
	text, err := docs.OpenAPIJSON()
	return http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		if err != nil { // a test holds that the embedded document converts
			problem.Write(w, err)
			return
		}
		w.Header().Set("Content-Type", "application/json")
		_, _ = w.Write(text)
	})
}
