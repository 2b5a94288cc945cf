//go:build unix

package main

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"strings"
	"time"
)

// visitLimit is how long a visitor waits for an answer.
const visitLimit = 10 * time.Second

// visitor uses the server from outside.
type visitor struct {
	origin string // such as http://198.18.7.2
	client *http.Client
}

// visitorAt is one who knows the server by its address.
func visitorAt(origin string) visitor {
	return visitor{origin, &http.Client{Timeout: visitLimit, Transport: &http.Transport{DisableKeepAlives: true}}}
}

func (g *guest) visitor() visitor { return visitorAt("http://" + g.address()) }

// visitorOf is one who knows the machine by its domain, and trusts the authority
// that signed the certificate of the game.
func visitorOf(m machine, domain string) (visitor, error) {
	root, err := os.ReadFile(m.path(rootFile))
	if err != nil {
		return visitor{}, err
	}
	roots := x509.NewCertPool()
	roots.AppendCertsFromPEM(root)
	transport := &http.Transport{
		DisableKeepAlives: true, TLSClientConfig: &tls.Config{RootCAs: roots},
		DialContext: func(ctx context.Context, network, _ string) (net.Conn, error) {
			return (&net.Dialer{}).DialContext(ctx, network, net.JoinHostPort(m.address(), "443"))
		},
	}
	return visitor{"https://" + domain, &http.Client{Timeout: visitLimit, Transport: transport}}, nil
}

// expect sends a request, and wants this status.
func (v visitor) expect(ctx context.Context, want int, method, path, body string) error {
	r, err := http.NewRequestWithContext(ctx, method, v.origin+path, strings.NewReader(body))
	if err != nil {
		return err
	}
	r.Header.Set("Content-Type", "application/json")
	res, err := v.client.Do(r)
	if err != nil {
		return err
	}
	defer res.Body.Close()
	if res.StatusCode != want {
		return fmt.Errorf("%s %s is answered with %d", method, path, res.StatusCode)
	}
	_, err = io.Copy(io.Discard, res.Body)
	return err
}

// ready returns nil once the server takes traffic, and why it does not.
func (v visitor) ready(ctx context.Context) error {
	return v.expect(ctx, http.StatusOK, http.MethodGet, "/readyz", "")
}
