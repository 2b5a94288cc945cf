package serve

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httputil"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"example.com/authbook/final/internal/testkit"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// pebble is a real ACME authority on this machine (github.com/letsencrypt/pebble), with a
// name server of its own in which every name leads here.
type pebble struct {
	directory string       // its URL, for ACME_DIRECTORY
	client    *http.Client // trusts it
	roots     *x509.CertPool
	stop      func()
}

// startPebble starts an authority that connects to these two ports. address is
// where every name leads, "" for nowhere.
func startPebble(t *testing.T, httpPort, tlsPort int, address string) *pebble {
	t.Helper()
	program, names := lookPebble(t, "pebble"), lookPebble(t, "pebble-challtestsrv")
	dir := t.TempDir()
	certificate, key := testkit.SelfSigned(t, "localhost", time.Now().Add(time.Hour))
	require.NoError(t, os.WriteFile(filepath.Join(dir, "cert.pem"), certificate, 0o600))
	require.NoError(t, os.WriteFile(filepath.Join(dir, "key.pem"), key, 0o600))
	ports := testkit.FreePorts(t, 4)
	at := func(i int) string { return fmt.Sprintf("127.0.0.1:%d", ports[i]) }
	text, err := json.Marshal(map[string]any{"pebble": map[string]any{
		"listenAddress": at(0), "managementListenAddress": at(1),
		"certificate": filepath.Join(dir, "cert.pem"), "privateKey": filepath.Join(dir, "key.pem"),
		"httpPort": httpPort, "tlsPort": tlsPort, "keyAlgorithm": "ecdsa",
		"retryAfter": map[string]int{"authz": 1, "order": 1},
		"profiles":   map[string]any{"default": map[string]any{"description": "test", "validityPeriod": 7776000}},
	}})
	require.NoError(t, err)
	require.NoError(t, os.WriteFile(filepath.Join(dir, "config.json"), text, 0o600))
	stopNames := startProgram(t, names, "-defaultIPv4", address, "-defaultIPv6", "", "-dnsserver", at(2), "-management",
		at(3),
		"-http01", "", "-https01", "", "-tlsalpn01", "", "-doh", "")
	stopPebble := startProgram(t, program, "-strict", "-config", filepath.Join(dir, "config.json"), "-dnsserver", at(2))

	trusted := x509.NewCertPool()
	trusted.AppendCertsFromPEM(certificate)
	p := &pebble{
		directory: fmt.Sprintf("https://localhost:%d/dir", ports[0]),
		client: &http.Client{Transport: &http.Transport{TLSClientConfig: &tls.Config{RootCAs: trusted},
			DisableKeepAlives: true}},
		stop: func() { stopPebble(); stopNames() },
	}
	p.await(t, p.directory)
	p.roots = x509.NewCertPool()
	require.True(t, p.roots.AppendCertsFromPEM(p.await(t, fmt.Sprintf("https://localhost:%d/roots/0", ports[1]))))
	return p
}

// lookPebble finds a program, or skips: the go command makes both.
func lookPebble(t *testing.T, name string) string {
	path, err := exec.LookPath(filepath.Join(os.Getenv("AUTHBOOK_PEBBLE"), name))
	if err != nil {
		path, err = exec.LookPath(name)
	}
	if err != nil {
		t.Skipf("SKIPPED: no real certificate is tried, %s is missing. AUTHBOOK_PEBBLE names its folder; make it with: "+
			".ci/with-pebble go test ./final/internal/serve", name)
	}
	return path
}

func startProgram(t *testing.T, path string, args ...string) (stop func()) {
	t.Helper()
	c := exec.Command(path, args...)
	c.Env = append(os.Environ(), "PEBBLE_VA_NOSLEEP=1", "PEBBLE_WFE_NONCEREJECT=0")
	log := &testkit.Log{}
	c.Stdout, c.Stderr = log, log
	require.NoError(t, c.Start())
	t.Cleanup(func() {
		if t.Failed() {
			t.Logf("%s:\n%s", filepath.Base(path), log)
		}
	})
	stopped := false
	stop = func() {
		if !stopped {
			stopped = true
			_ = c.Process.Kill()
			_ = c.Wait()
		}
	}
	t.Cleanup(stop)
	return stop
}

// await asks until there is an answer, and returns it.
func (p *pebble) await(t *testing.T, url string) []byte {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
	defer cancel()
	for {
		r, err := http.NewRequestWithContext(ctx, "GET", url, nil)
		require.NoError(t, err)
		res, err := p.client.Do(r)
		if err == nil {
			defer res.Body.Close()
			require.Equal(t, http.StatusOK, res.StatusCode, url)
			text, err := io.ReadAll(res.Body)
			require.NoError(t, err)
			return text
		}
		select {
		case <-ctx.Done():
			require.NoError(t, err)
		case <-time.After(20 * time.Millisecond):
		}
	}
}

// atPort80 is what a server at port 80 is: clients name no port in Host.
func atPort80(t *testing.T, server net.Listener) net.Listener {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	proxy := &http.Server{Handler: &httputil.ReverseProxy{Rewrite: func(r *httputil.ProxyRequest) {
		r.SetURL(&url.URL{Scheme: "http", Host: server.Addr().String()})
		r.Out.Host = domain
	}}}
	go func() { _ = proxy.Serve(l) }()
	t.Cleanup(func() { proxy.Close() })
	return l
}

func TestHTTPS_getsARealCertificate(t *testing.T) {
	port := func(l net.Listener) int { return l.Addr().(*net.TCPAddr).Port }
	rows := []struct {
		name      string
		challenge func(l listeners) (httpPort, tlsPort int)
	}{
		{"by tls-alpn-01", func(l listeners) (int, int) { return testkit.FreePorts(t, 1)[0], port(l.https) }},
		{"by http-01", func(l listeners) (int, int) { return port(atPort80(t, l.http)), testkit.FreePorts(t, 1)[0] }},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			c, l := openHTTPS(t)
			t.Cleanup(l.close)
			httpPort, tlsPort := row.challenge(l)
			authority := startPebble(t, httpPort, tlsPort, "127.0.0.1")
			c.ACMEDirectory, c.ACMEClient = authority.directory, authority.client
			s := serveHTTPS(t, c, l)
			client := s.client(t, &tls.Config{RootCAs: authority.roots})

			res, _ := fetch(t, client, "GET", "https://"+domain+"/readyz", "")
			assert.Equal(t, http.StatusOK, res.StatusCode)
			leaf := res.TLS.PeerCertificates[0]
			assert.Equal(t, []string{domain}, leaf.DNSNames)
			assert.NotEmpty(t, res.TLS.VerifiedChains, "from a root that this client trusts")
			var info os.FileInfo
			var err error
			require.Eventually(t, func() bool { // who waited for it may have it before it is kept
				info, err = os.Stat(filepath.Join(c.CertDir, domain))
				return err == nil
			}, 10*time.Second, 10*time.Millisecond, "it is kept")
			assert.Equal(t, os.FileMode(0o600), info.Mode().Perm(), "it holds the private key")

			client.CloseIdleConnections()
			require.NoError(t, s.stop())
			authority.stop()
			l, err = listen(c)
			require.NoError(t, err)
			again := serveHTTPS(t, c, l)
			client = again.client(t, &tls.Config{RootCAs: authority.roots})
			res, _ = fetch(t, client, "GET", "https://"+domain+"/readyz", "")
			assert.Equal(t, leaf.SerialNumber, res.TLS.PeerCertificates[0].SerialNumber, "a restart needs no authority")
			client.CloseIdleConnections()
		})
	}
}

func TestHTTPS_saysWhenThereIsNoCertificate(t *testing.T) {
	c, l := openHTTPS(t)
	t.Cleanup(l.close)
	authority := startPebble(t, 1, 1, "") // the domain has no address record
	c.ACMEDirectory, c.ACMEClient = authority.directory, authority.client
	s := serveHTTPS(t, c, l)
	client := s.client(t, &tls.Config{RootCAs: authority.roots})
	_, err := client.Get("https://" + domain + "/healthz")
	require.Error(t, err)
	res, _ := fetch(t, client, "GET", "http://"+domain+"/healthz", "")
	assert.Equal(t, http.StatusPermanentRedirect, res.StatusCode, "the server goes on and tries again later")
	require.Eventually(t, func() bool { // other lines may come before it
		return strings.Contains(s.log.String(), "there is no certificate yet; does the domain point to this machine")
	}, 10*time.Second, 10*time.Millisecond)
	client.CloseIdleConnections()
}
