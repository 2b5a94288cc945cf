package main

import (
	"cmp"
	"crypto/tls"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"time"

	middleware "example.com/authbook/01-middleware"
	deploy "example.com/authbook/05-deploy"
	"example.com/authbook/internal/problem"
	"golang.org/x/crypto/acme"
	"golang.org/x/crypto/acme/autocert"
)

// hstsAge is for how long a browser that was here once uses nothing but HTTPS.
const hstsAge = 365 * 24 * time.Hour

// newCertificates returns the manager that gets the certificate of DOMAIN, at
// the first visit, and renews it a month before its end. The authority proves
// by a request to this server that the domain leads here: on the port of HTTPS
// (tls-alpn-01, RFC 8737) or on that of HTTP (http-01, RFC 8555 section 8.3).
func newCertificates(c config) *autocert.Manager {
	return &autocert.Manager{
		Prompt: autocert.AcceptTOS,
		Cache:  autocert.DirCache(c.certDir),
		// Only this name: whoever connects chooses the one that is asked for,
		// and would use up the authority's limits.
		HostPolicy: autocert.HostWhitelist(c.domain),
		Client:     &acme.Client{DirectoryURL: c.acmeDirectory, HTTPClient: c.acmeClient, UserAgent: "authbook"},
	}
}

// doors are where requests come in: over HTTPS, and over plain HTTP, which then
// only leads to it and answers the authority.
func (a *app) doors(l listeners) []door {
	if l.https == nil {
		return []door{{a.server(a.handler()), l.http}}
	}
	certificates := newCertificates(a.config)
	plain := a.around()(hideChallengeErrors(certificates.HTTPHandler(deploy.RedirectToHTTPS(a.config.domain))))
	if !l.inherited {
		go a.firstCertificate(certificates)
	}
	return []door{
		{a.server(a.handler()), tls.NewListener(l.https, certificates.TLSConfig())},
		{a.server(plain), l.http},
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

// server answers with h. All doors share the places for connections.
func (a *app) server(h http.Handler) *http.Server {
	server := deploy.NewServer(a.crowd.Hear(h), a.log)
	server.ConnState = a.crowd.Track
	server.ConnContext = a.crowd.ConnContext
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
func (a *app) firstCertificate(certificates *autocert.Manager) {
	_, err := certificates.GetCertificate(&tls.ClientHelloInfo{
		ServerName:   a.config.domain,
		CipherSuites: []uint16{tls.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256}, // a key of ECDSA, as for every browser
	})
	if err != nil {
		a.log.Error("there is no certificate yet; does the domain point to this machine, and are the ports 80 and 443 open?",
			"domain", a.config.domain, "error", err)
	}
}

// chooseCertDir makes the folder of the certificates, which holds their private
// keys and so is for this user alone.
func (c *config) chooseCertDir(database string) error {
	if c.domain == "" {
		return nil
	}
	if c.certDir == "" {
		dir := "data" // PostgreSQL: there is no file to be beside
		if database != "" {
			dir = filepath.Dir(database)
		}
		c.certDir = filepath.Join(dir, "certificates")
	}
	err := os.MkdirAll(c.certDir, 0o700)
	if err == nil {
		var probe *os.File
		if probe, err = os.CreateTemp(c.certDir, ".probe-*"); err == nil {
			err = cmp.Or(probe.Close(), os.Remove(probe.Name()))
		}
	}
	if err != nil {
		return fmt.Errorf("CERT_DIR: cannot keep certificates in %s: %w", c.certDir, plain(err))
	}
	return nil
}

// hsts makes browsers stay with HTTPS, where clients come that way.
func (a *app) hsts(next http.Handler) http.Handler {
	if !a.config.secure() {
		return next
	}
	return middleware.HSTS(hstsAge)(next)
}
