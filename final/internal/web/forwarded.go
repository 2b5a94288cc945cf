package web

import (
	"log/slog"
	"net/http"
	"net/netip"
	"sync"

	middleware "example.com/authbook/01-middleware"
)

// noticeProxy tells the operator of a proxy that TRUSTED_PROXIES lacks: all its
// clients count as one address, and share what one address may do. A stranger can
// send the header too, so that it is told once, and each request is counted.
func (a *App) noticeProxy() middleware.Middleware {
	var once sync.Once
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if r.Header["X-Forwarded-For"] != nil && !trustsPeer(a.config.TrustedProxies, r) {
				a.metrics.unknownProxy.Inc()
				once.Do(func() {
					a.log.Warn("X-Forwarded-For comes from an address that TRUSTED_PROXIES does not name; "+
						"if a proxy of yours has it, add it, else all who come through it count as one",
						slog.String("remote", a.address(r)))
				})
			}
			next.ServeHTTP(w, r)
		})
	}
}

// trustsPeer reports whether the connection comes from one of the proxies. What
// has no address comes from this machine.
func trustsPeer(proxies []netip.Prefix, r *http.Request) bool {
	peer, err := netip.ParseAddrPort(r.RemoteAddr)
	return err != nil || isTrusted(proxies, peer.Addr())
}
