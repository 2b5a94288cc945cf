package deploy

import (
	"net/http"
	"net/url"

	"example.com/authbook/internal/problem"
)

// RedirectToHTTPS answers what comes over plain HTTP: a GET or HEAD goes on to
// the same path of https://domain, with 308. Anything else is 403
// ACCESS_DENIED: its password or token has crossed the network in the open
// already, and a redirect would hide that from the author of the client.
//
// The target is the domain and never the Host header, which a client chooses.
func RedirectToHTTPS(domain string) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method != http.MethodGet && r.Method != http.MethodHead {
			detail := "This server takes requests over HTTPS only: https://" + domain
			problem.Write(w, problem.New(problem.AccessDenied, detail))
			return
		}
		target := url.URL{Scheme: "https", Host: domain, Path: "/", RawQuery: r.URL.RawQuery}
		if r.URL.Opaque == "" { // else the first line named no path: GET x:@evil.example
			target.Path, target.RawPath = r.URL.Path, r.URL.RawPath
		}
		w.Header().Set("Location", target.String())
		w.WriteHeader(http.StatusPermanentRedirect)
	})
}
