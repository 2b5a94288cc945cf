package web

import (
	"log/slog"
	"net/http"
	"slices"
	"strings"

	middleware "example.com/authbook/01-middleware"
	accounts "example.com/authbook/04-signup-login"
	deploy "example.com/authbook/05-deploy"
	"example.com/authbook/docs"
	"example.com/authbook/final/internal/swagger"
	"example.com/authbook/internal/problem"
	"golang.org/x/time/rate"
)

// maxBody bounds every request body. The largest one that makes sense is a
// sign-up of 128 escaped code points.
const maxBody = 16 << 10

// maxAddresses bounds the memory of the rate limit.
const maxAddresses = 100_000

// Handler is the whole surface of the server, on one page.
func (a *App) Handler() http.Handler {
	mux := http.NewServeMux()
	answer := middleware.Errors(a.log)
	cookies := a.sameOrigin()
	limited := middleware.RateLimit(rate.Limit(a.config.RatePerSecond), max(1, int(10*a.config.RatePerSecond)), a.address, maxAddresses)
	bearer := middleware.Authenticate(a.log, authenticator{a.sessions, a.audit})
	admin := middleware.Chain(bearer, a.auditDenied, middleware.RequireRole(accounts.RoleAdmin))

	mux.Handle("POST /signup", limited(answer(a.auditSignUp(a.accounts.SignUp))))
	mux.Handle("POST /login", cookies(limited(answer(a.accounts.LogIn))))
	mux.Handle("POST /refresh", cookies(answer(a.auditRefresh(a.tokens.Refresh))))
	mux.Handle("POST /logout", cookies(answer(a.auditLogOut(a.tokens.LogOut))))
	mux.Handle("POST /logout/all", cookies(bearer(answer(a.auditLogOutAll(a.tokens.LogOutAll)))))

	mux.Handle("GET /me", bearer(answer(a.accounts.Me)))
	mux.Handle("DELETE /me", limited(answer(wholeBody(bearer(answer(a.accounts.DeleteMe))))))
	mux.Handle("GET /me/sessions", bearer(answer(a.tokens.Sessions)))
	mux.Handle("PUT /me/password", limited(answer(wholeBody(bearer(answer(a.accounts.ChangePassword))))))
	mux.Handle("PATCH /admin/users/{username}/roles", answer(wholeBody(admin(answer(a.accounts.SetRoles)))))

	mux.Handle("GET /healthz", answer(a.Health.Alive))
	mux.Handle("GET /readyz", answer(a.Health.Ready))
	mux.Handle("GET /version", deploy.ReadVersion())
	mux.HandleFunc("GET /{$}", home(a.site.Origin, a.config.Swagger))
	if a.config.Swagger {
		mux.Handle("GET /openapi.json", document())
		mux.Handle("GET /swagger/", swagger.Handler("/openapi.json"))
	}
	mux.Handle("/", answer(notFound(mux)))

	return a.hsts(a.Around()(pathsOnly(mux)))
}

// Around is what every request passes, from the outside in.
func (a *App) Around() middleware.Middleware {
	return middleware.Chain(
		middleware.RequestID,
		middleware.Observe(a.metrics.observe),
		middleware.AccessLog(a.log, a.address),
		middleware.Recover(a.log),
		closeWhereUnclear,
		middleware.SecurityHeaders,
		middleware.BodyLimit(maxBody),
	)
}

// sameOrigin refuses requests that another site's page sends with our cookie.
// The cookie is SameSite=Strict already; this holds in browsers and on sibling
// subdomains that it does not cover.
func (a *App) sameOrigin() middleware.Middleware {
	protection := http.NewCrossOriginProtection()
	// Behind a proxy that changes Host, the page's origin is PUBLIC_URL.
	if err := protection.AddTrustedOrigin(string(a.site.Origin)); err != nil {
		a.log.Warn("PUBLIC_URL is no origin", "error", err)
	}
	protection.SetDenyHandler(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		a.audit(r.Context(), "cross_site_refused", a.from(r), slog.String("route", r.Pattern))
		problem.Write(w, problem.New(problem.AccessDenied, "This request comes from another site's page."))
	}))
	return protection.Handler
}

// notFound answers what no pattern matched: 405 with the methods that the path
// does take, else 404.
func notFound(mux *http.ServeMux) middleware.HandlerFunc {
	methods := []string{http.MethodGet, http.MethodHead, http.MethodPost, http.MethodPut, http.MethodPatch, http.MethodDelete}
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
