package serve

import (
	"crypto/tls"
	"net/http"
	"strings"

	deploy "example.com/authbook/05-deploy"
	"example.com/authbook/final/internal/config"
	"example.com/authbook/final/internal/web"
	"example.com/authbook/internal/problem"
	"golang.org/x/crypto/acme"
	"golang.org/x/crypto/acme/autocert"
)

// newCertificates returns the manager that gets the certificate of DOMAIN, at
// the first visit, and renews it a month before its end. The authority proves
// by a request to this server that the domain leads here: on the port of HTTPS
// (tls-alpn-01, RFC 8737) or on that of HTTP (http-01, RFC 8555 section 8.3).
func newCertificates(c config.Config) *autocert.Manager {
	return &autocert.Manager{
		Prompt: autocert.AcceptTOS,
		Cache:  autocert.DirCache(c.CertDir),
		// Only this name: whoever connects chooses the one that is asked for,
		// and would use up the authority's limits.
		HostPolicy: autocert.HostWhitelist(c.Domain),
		Client:     &acme.Client{DirectoryURL: c.ACMEDirectory, HTTPClient: c.ACMEClient, UserAgent: "authbook"},
	}
}

// doors are where requests come in: over HTTPS, and over plain HTTP, which then
// only leads to it and answers the authority.
func doors(a *web.App, l listeners) []door {
	if l.https == nil {
		return []door{{NewHTTPServer(a, a.Handler()), l.http}}
	}
	certificates := newCertificates(a.Config)
	plain := a.Around()(hideChallengeErrors(certificates.HTTPHandler(deploy.RedirectToHTTPS(a.Config.Domain))))
	if !l.inherited {
		go firstCertificate(a, certificates)
	}
	return []door{
		{NewHTTPServer(a, a.Handler()), tls.NewListener(l.https, certificates.TLSConfig())},
		{NewHTTPServer(a, plain), l.http},
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

// What a connection of HTTP/2 may have open at a time, and so what a place among
// the connections can cost.
const (
	// streamsPerConnection bounds the requests: net/http would take 250. A page
	// needs fewer, and a client with more opens another connection.
	streamsPerConnection = 8
	// bufferPerConnection bounds the bytes of bodies that nobody has read yet:
	// net/http would take 1 MiB. It is the least that HTTP/2 knows.
	bufferPerConnection = 64 << 10
	// frameSize is the least that HTTP/2 knows too; net/http would read 1 MiB.
	frameSize = 16 << 10
)

// NewHTTPServer answers with h. All doors share the places for connections.
func NewHTTPServer(a *web.App, h http.Handler) *http.Server {
	server := deploy.NewServer(a.Conns.Handler(h), a.Log)
	server.ConnState = a.Conns.Track
	server.ConnContext = a.Conns.ConnContext
	server.HTTP2 = &http.HTTP2Config{
		MaxConcurrentStreams:          streamsPerConnection,
		MaxReceiveBufferPerConnection: bufferPerConnection,
		MaxReceiveBufferPerStream:     bufferPerConnection,
		MaxReadFrameSize:              frameSize,
	}
	server.DisableGeneralOptionsHandler = true // else OPTIONS * passes neither the log nor the headers
	return server
}

// firstCertificate gets the certificate before a visitor has to wait for it.
// Where a service manager holds the ports, the release that served before may
// still answer there, and the authority would hear nothing of us.
func firstCertificate(a *web.App, certificates *autocert.Manager) {
	_, err := certificates.GetCertificate(&tls.ClientHelloInfo{
		ServerName:   a.Config.Domain,
		CipherSuites: []uint16{tls.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256}, // a key of ECDSA, as for every browser
	})
	if err != nil {
		a.Log.Error("there is no certificate yet; does the domain point to this machine, and are the ports 80 and 443 open?",
			"domain", a.Config.Domain, "error", err)
	}
}
