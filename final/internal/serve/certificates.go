package serve

import (
	"crypto/tls"
	"crypto/x509"
	"errors"
	"log/slog"
	"net/http"
	"sync/atomic"
	"time"

	"example.com/authbook/final/internal/config"
	"golang.org/x/crypto/acme"
	"golang.org/x/crypto/acme/autocert"
	"golang.org/x/sync/singleflight"
)

// certificates hands out the one certificate of DOMAIN, at the first visit, and
// renews it when a third of its time is left, but no more than 30 days. The
// authority proves by a request to this server that the domain leads here: on the
// port of HTTPS (tls-alpn-01, RFC 8737) or on that of HTTP (http-01, RFC 8555
// section 8.3). A folder keeps the certificate.
type certificates struct {
	*autocert.Manager
	domain    string
	log       *slog.Logger
	authority *politely
	making    singleflight.Group
	made      atomic.Pointer[x509.Certificate] // the one in use; nil: none yet
}

func newCertificates(c config.Config, dir string, log *slog.Logger) *certificates {
	authority := politeTo(c.ACMEClient, log)
	return &certificates{domain: c.Domain, log: log, authority: authority, Manager: &autocert.Manager{
		Prompt: autocert.AcceptTOS,
		Cache:  autocert.DirCache(dir),
		// Only this name: a client chooses the one that it asks for,
		// and would use up the authority's limits.
		HostPolicy: autocert.HostWhitelist(c.Domain),
		Client: &acme.Client{
			DirectoryURL: c.ACMEDirectory,
			HTTPClient:   &http.Client{Transport: authority},
			RetryBackoff: retryAuthority,
			UserAgent:    "authbook",
		},
	}}
}

// TLSConfig is for the listener of HTTPS.
func (c *certificates) TLSConfig() *tls.Config {
	settings := c.Manager.TLSConfig()
	settings.GetCertificate = c.GetCertificate
	return settings
}

// handshakeWait is how long a visitor waits for a certificate that is being
// made. The authority goes on meanwhile, for a later visitor.
const handshakeWait = 10 * time.Second

var errStillMaking = errors.New("there is no certificate yet; the authority has not answered in time")

// GetCertificate is a hook for [tls.Config]. Where there is no certificate yet,
// all visitors wait for one order of it.
func (c *certificates) GetCertificate(hello *tls.ClientHelloInfo) (*tls.Certificate, error) {
	switch {
	case isChallenge(hello):
		return c.Manager.GetCertificate(withECDSA(hello))
	case c.made.Load() != nil:
		return c.make(hello)
	}
	making := c.making.DoChan(hello.ServerName, func() (any, error) { return c.make(hello) })
	select {
	case found := <-making:
		if found.Err != nil {
			return nil, found.Err
		}
		return found.Val.(*tls.Certificate), nil
	case <-time.After(handshakeWait):
		return nil, errStillMaking
	}
}

// Expiry is when the certificate in use ends, in Unix seconds, and 0 without one.
func (c *certificates) Expiry() float64 {
	leaf := c.made.Load()
	if leaf == nil {
		return 0
	}
	return float64(leaf.NotAfter.Unix())
}

// make returns the certificate, however long it takes.
func (c *certificates) make(hello *tls.ClientHelloInfo) (*tls.Certificate, error) {
	certificate, err := c.Manager.GetCertificate(withECDSA(hello))
	if err == nil {
		c.made.Store(certificate.Leaf)
	}
	return certificate, err
}

// isChallenge reports whether the authority asks for proof (RFC 8737 section 3).
func isChallenge(hello *tls.ClientHelloInfo) bool {
	return len(hello.SupportedProtos) == 1 && hello.SupportedProtos[0] == acme.ALPNProto
}

// withECDSA lets every client ask for the one certificate, whose key is of
// ECDSA. autocert takes a client that speaks TLS 1.3 alone for one that can't
// use it, since its suites don't name the kind of key, and orders another
// certificate. So could any stranger then, who spends the authority's limits.
func withECDSA(hello *tls.ClientHelloInfo) *tls.ClientHelloInfo {
	return &tls.ClientHelloInfo{
		ServerName:      hello.ServerName,
		SupportedProtos: hello.SupportedProtos,
		CipherSuites:    []uint16{tls.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256},
	}
}
