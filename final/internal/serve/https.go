package serve

import (
	"crypto/tls"
	"net/http"
	"strings"

	"example.com/authbook/final/internal/config"
	"example.com/authbook/internal/problem"
	"golang.org/x/crypto/acme"
	"golang.org/x/crypto/acme/autocert"
)

// newCertificates returns the manager that gets the certificate of DOMAIN, at
// the first visit, and renews it a month before its end. The authority proves
// by a request to this server that the domain leads here: on the port of HTTPS
// (tls-alpn-01, RFC 8737) or on that of HTTP (http-01, RFC 8555 section 8.3).
// The folder keeps the certificate.
func newCertificates(c config.Config, dir string) *autocert.Manager {
	return &autocert.Manager{
		Prompt: autocert.AcceptTOS,
		Cache:  autocert.DirCache(dir),
		// Only this name: a client chooses the one that it asks for,
		// and would use up the authority's limits.
		HostPolicy: autocert.HostWhitelist(c.Domain),
		Client:     &acme.Client{DirectoryURL: c.ACMEDirectory, HTTPClient: c.ACMEClient, UserAgent: "authbook"},
	}
}

// challengePath is where the authority looks for proof (RFC 8555 section 8.3).
const challengePath = "/.well-known/acme-challenge/"

// hideChallengeErrors answers 404 where autocert has no proof to show. Its own
// answer is the error's text, which can name our folder: anybody may ask for a
// file whose name is too long.
func hideChallengeErrors(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if strings.HasPrefix(r.URL.Path, challengePath) {
			w = &challengeWriter{ResponseWriter: w}
		}
		next.ServeHTTP(w, r)
	})
}

// challengeWriter lets a 200 pass and turns every other answer into a 404.
type challengeWriter struct {
	http.ResponseWriter
	refused bool
}

func (w *challengeWriter) WriteHeader(int) { // a 200 goes without
	w.refused = true
	problem.Write(w.ResponseWriter, problem.New(problem.NotFound, ""))
}

func (w *challengeWriter) Write(p []byte) (int, error) {
	if w.refused {
		return len(p), nil
	}
	return w.ResponseWriter.Write(p)
}

// firstCertificate gets the certificate before a visitor has to wait for it.
// Where a service manager holds the ports, the release that served before may
// still answer there, and the authority would hear nothing of us.
func (s *server) firstCertificate(certificates *autocert.Manager) {
	_, err := certificates.GetCertificate(&tls.ClientHelloInfo{
		ServerName:   s.config.Domain,
		CipherSuites: []uint16{tls.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256}, // a key of ECDSA, as for every browser
	})
	if err != nil {
		s.log.Error("there is no certificate yet; does the domain point to this machine, "+
			"and are the ports 80 and 443 open?", "domain", s.config.Domain, "error", err)
	}
}
