package web

import (
	"log/slog"
	"net/http"

	middleware "example.com/authbook/01-middleware"
	accounts "example.com/authbook/04-signup-login"
	"example.com/authbook/internal/problem"
	"golang.org/x/time/rate"
)

// maxBody bounds every request body. The largest one that makes sense is a
// sign-up of 128 escaped code points.
const maxBody = 16 << 10

// maxAddresses bounds the memory of the rate limit.
const maxAddresses = 100_000

// Around is what every request passes, from the outside in.
func (a *App) Around() middleware.Middleware {
	return middleware.Chain(
		a.step("RequestID", middleware.RequestID),
		a.step("Observe", middleware.Observe(a.metrics.observe)),
		a.step("AccessLog", middleware.AccessLog(a.log, a.address)),
		a.step("Recover", middleware.Recover(a.log)),
		a.step("closeWhereUnclear", closeWhereUnclear),
		a.step("noticeProxy", a.noticeProxy()),
		a.step("SecurityHeaders", middleware.SecurityHeaders),
		a.step("BodyLimit", middleware.BodyLimit(maxBody)),
	)
}

// stacks are what the requests of a route pass before the handler answers.
type stacks struct {
	open      middleware.Middleware // anyone, with a password: limited by address
	cookie    middleware.Middleware // a client with the refresh cookie, and no other site's page
	logOut    middleware.Middleware // the same, who wants to be rid of it
	login     middleware.Middleware // anyone, with a password, who gets that cookie
	private   middleware.Middleware // a client with an access token
	end       middleware.Middleware // the same, who ends other sessions
	leave     middleware.Middleware // the same, who ends all and loses the cookie
	sensitive middleware.Middleware // the same, with a password in the body
	password  middleware.Middleware // the same, who gets a new cookie
	admin     middleware.Middleware // an administrator
}

// stacks builds each of them once. They share one count of requests by address.
func (a *App) stacks() stacks {
	burst := max(1, int(10*a.config.RatePerSecond))
	limited := a.step("RateLimit",
		middleware.RateLimit(rate.Limit(a.config.RatePerSecond), burst, a.address, maxAddresses))
	cookie := a.step("sameOrigin", a.sameOrigin())
	bearer := middleware.Chain(a.step("ObserveFailures", middleware.ObserveFailures(a.auditRefused)),
		a.step("Authenticate", middleware.Authenticate(a.log, authenticator{a.sessions, a.trail.Room})))
	whole := a.step("wholeBody", wholeBody(a.log))
	denied := a.step("Observe", middleware.Observe(a.auditDenied))
	recorded, logOut := a.step("recorded", a.recorded), a.step("recordedLogOut", a.recordedLogOut)
	admin := a.step("RequireRole", middleware.RequireRole(accounts.RoleAdmin))
	return stacks{
		open:      middleware.Chain(recorded, limited),
		cookie:    middleware.Chain(recorded, cookie),
		logOut:    middleware.Chain(logOut, cookie),
		login:     middleware.Chain(recorded, cookie, limited),
		private:   bearer,
		end:       middleware.Chain(logOut, bearer),
		leave:     middleware.Chain(logOut, cookie, bearer),
		sensitive: middleware.Chain(recorded, limited, whole, bearer),
		password:  middleware.Chain(recorded, cookie, limited, whole, bearer),
		admin:     middleware.Chain(recorded, whole, bearer, denied, admin),
	}
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
