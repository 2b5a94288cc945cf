package web

import (
	"net/http"
	"time"

	middleware "example.com/authbook/01-middleware"
)

// hstsAge is for how long a browser that was here once uses nothing but HTTPS.
const hstsAge = 365 * 24 * time.Hour

// hsts makes browsers stay with HTTPS, where clients come that way.
func (a *App) hsts(next http.Handler) http.Handler {
	if !a.site.Origin.Secure() {
		return next
	}
	return middleware.HSTS(hstsAge)(next)
}
