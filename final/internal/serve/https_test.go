package serve

import (
	"bytes"
	"context"
	"crypto/tls"
	"crypto/x509"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"example.com/authbook/final/internal/config"
	"example.com/authbook/final/internal/logs"
	"example.com/authbook/final/internal/places"
	"example.com/authbook/final/internal/store"
	"example.com/authbook/final/internal/testdb"
	"example.com/authbook/final/internal/testkit"
	"example.com/authbook/final/internal/web"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

const domain = "auth.example.com"

// httpsServer is a server with a domain, on two real ports.
type httpsServer struct {
	listeners listeners
	app       *web.App
	log       *testkit.Log
	stop      func() error
}

// openHTTPS opens the two ports of a server with a domain.
func openHTTPS(t *testing.T) (config.Config, listeners) {
	t.Helper()
	c := config.Config{
		DatabaseURL: testdb.URL(t), Domain: domain, PublicURL: "https://" + domain, Secret: []byte(testkit.Secret),
		Addr: "127.0.0.1:0", HTTPSAddr: "127.0.0.1:0", CertDir: filepath.Join(t.TempDir(), "certificates"),
		RatePerSecond: 1e6, Swagger: true, Hasher: testkit.Hasher(),
	}
	l, err := openListeners(c, testkit.Env(nil))
	require.NoError(t, err)
	return c, l
}

// serveHTTPS starts the server.
func serveHTTPS(t *testing.T, c config.Config, l listeners) *httpsServer {
	t.Helper()
	db, err := store.Open(t.Context(), c.DatabaseURL)
	require.NoError(t, err)
	certDir, err := c.MakeCertDir(db.Path())
	require.NoError(t, err)
	log := &testkit.Log{}
	logger := slog.New(slog.NewJSONHandler(log, nil))
	trail := logs.NewTrail(log, logger)
	app, err := web.New(c, web.Site{Origin: c.PublicURL, Secret: c.Secret}, db, logger, trail)
	require.NoError(t, err)
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- serveAll(ctx, app.Health, (&server{c, certDir, l, app, trail, logger}).doors(ctx)...) }()
	s := &httpsServer{listeners: l, app: app, log: log, stop: func() error {
		cancel()
		err := <-ended
		ended <- err // for the second stop
		return err
	}}
	t.Cleanup(func() {
		assert.NoError(t, s.stop())
		trail.Close()
		assert.NoError(t, db.Close())
	})
	return s
}

// client is a client for which every name leads to the server.
func (s *httpsServer) client(t *testing.T, tlsConfig *tls.Config) *http.Client {
	transport := &http.Transport{
		TLSClientConfig:   tlsConfig,
		ForceAttemptHTTP2: true,
		DialContext: func(ctx context.Context, network, address string) (net.Conn, error) {
			to := s.listeners.http
			if strings.HasSuffix(address, ":443") {
				to = s.listeners.https
			}
			return (&net.Dialer{}).DialContext(ctx, network, to.Addr().String())
		},
	}
	t.Cleanup(transport.CloseIdleConnections)
	return &http.Client{
		Transport:     transport,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
}

// keptCertificate puts a certificate where the server looks before it asks the
// authority for one, and returns what trusts it.
func keptCertificate(t *testing.T, c config.Config) *x509.CertPool {
	t.Helper()
	certificate, key := testkit.SelfSigned(t, c.Domain, time.Now().Add(90*24*time.Hour))
	require.NoError(t, os.MkdirAll(c.CertDir, 0o700))
	require.NoError(t, os.WriteFile(filepath.Join(c.CertDir, c.Domain), append(key, certificate...), 0o600))
	roots := x509.NewCertPool()
	require.True(t, roots.AppendCertsFromPEM(certificate))
	return roots
}

// fetch sends a request and reads the whole answer.
func fetch(
	t *testing.T, client *http.Client, method, url, body string, cookies ...*http.Cookie,
) (*http.Response, string) {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), method, url, strings.NewReader(body))
	require.NoError(t, err)
	if body != "" {
		r.Header.Set("Content-Type", "application/json")
	}
	for _, c := range cookies {
		r.AddCookie(&http.Cookie{Name: c.Name, Value: c.Value})
	}
	res, err := client.Do(r)
	require.NoError(t, err)
	defer res.Body.Close()
	text, err := io.ReadAll(res.Body)
	require.NoError(t, err)
	return res, string(text)
}

func TestHTTPS(t *testing.T) {
	c, l := openHTTPS(t)
	roots := keptCertificate(t, c)
	s := serveHTTPS(t, c, l)
	client := s.client(t, &tls.Config{RootCAs: roots})

	t.Run("tells browsers to stay, and speaks HTTP/2", func(t *testing.T) {
		res, _ := fetch(t, client, "GET", "https://"+domain+"/no-such-path", "")
		assert.Equal(t, http.StatusNotFound, res.StatusCode)
		assert.Equal(t, "max-age=31536000", res.Header.Get("Strict-Transport-Security"), "on a refusal too")
		assert.Equal(t, "HTTP/2.0", res.Proto)
		assert.GreaterOrEqual(t, res.TLS.Version, uint16(tls.VersionTLS12))
	})
	t.Run("binds its cookies to HTTPS and this host", func(t *testing.T) {
		fetch(t, client, "POST", "https://"+domain+"/signup", testkit.JinHo)
		res, _ := fetch(t, client, "POST", "https://"+domain+"/login", testkit.JinHoLogsIn)
		require.Len(t, res.Cookies(), 2)
		assert.Equal(t, "__Host-refresh", res.Cookies()[0].Name)
		assert.Equal(t, "__Host-device", res.Cookies()[1].Name)
		assert.True(t, res.Cookies()[0].Secure)
		assert.True(t, res.Cookies()[1].Secure)
		res, _ = fetch(t, client, "POST", "https://"+domain+"/refresh", "", res.Cookies()[0])
		assert.Equal(t, http.StatusOK, res.StatusCode)
	})
	t.Run("leads from plain HTTP to it", func(t *testing.T) {
		client := s.client(t, nil) // with connections of its own
		res, _ := fetch(t, client, "GET", "http://elsewhere.example/swagger/?a=b", "")
		assert.Equal(t, http.StatusPermanentRedirect, res.StatusCode)
		assert.Equal(t, "https://"+domain+"/swagger/?a=b", res.Header.Get("Location"), "the Host header chooses nothing")
		assert.Empty(t, res.Header.Get("Strict-Transport-Security"), "RFC 6797 section 7.2: not over plain HTTP")
		res, body := fetch(t, client, "POST", "http://"+domain+"/login", testkit.JinHoLogsIn)
		assert.Equal(t, http.StatusForbidden, res.StatusCode, "that password has crossed the network in the open")
		assert.Contains(t, body, "ACCESS_DENIED")
		assert.Empty(t, res.Cookies())
	})
	t.Run("tells the operator when its certificate ends", func(t *testing.T) {
		w := httptest.NewRecorder()
		s.app.Metrics().ServeHTTP(w, httptest.NewRequest("GET", "http://127.0.0.1/metrics", nil))
		assert.Regexp(t, `\nauthbook_certificate_expiry_timestamp_seconds [1-9]\.\d+e\+09\n`, w.Body.String())
	})
	t.Run("has no certificate for another name", func(t *testing.T) {
		for _, name := range []string{"www.example.com", ""} {
			_, err := tls.Dial("tcp", l.https.Addr().String(), &tls.Config{ServerName: name, InsecureSkipVerify: true})
			require.Error(t, err, "name %q", name)
		}
	})
	t.Run("refuses a version of TLS that is broken", func(t *testing.T) {
		_, err := tls.Dial("tcp", l.https.Addr().String(),
			&tls.Config{ServerName: domain, RootCAs: roots, MinVersion: tls.VersionTLS10, MaxVersion: tls.VersionTLS11})
		require.ErrorContains(t, err, "protocol version")
	})
	t.Run("answers on an open connection of HTTP/2 while it stops, and asks the client to leave", func(t *testing.T) {
		started, stopped := time.Now(), make(chan error, 1)
		go func() { stopped <- s.stop() }()
		last := 0
		for { // until the client has left: then nobody listens
			res, err := client.Get("https://" + domain + "/readyz")
			if err != nil {
				break
			}
			last = res.StatusCode
			require.NoError(t, res.Body.Close())
		}
		assert.Equal(t, http.StatusServiceUnavailable, last)
		require.NoError(t, <-stopped)
		assert.Less(t, time.Since(started), 3*time.Second, "the connection is gone before the limit, which is three")
	})
}

func TestHTTPS_tellsTheOperator(t *testing.T) {
	c, err := config.Read(testkit.Env(map[string]string{"DOMAIN": domain, "AUTH_SECRET": testkit.Secret,
		"CERT_DIR": "/srv/certificates"}))
	require.NoError(t, err)
	var out bytes.Buffer
	announce(&out, c, chosen{publicURL: c.PublicURL})
	assert.Contains(t, out.String(), "authbook is ready: https://auth.example.com\n")
	assert.Contains(t, out.String(), "HTTPS_ADDR is not set, using :443\n")
	assert.NotContains(t, out.String(), "not Secure")
	assert.NotContains(t, out.String(), "CERT_DIR is not set")

	c, err = config.Read(testkit.Env(nil))
	require.NoError(t, err)
	out.Reset()
	announce(&out, c, chosen{publicURL: c.PublicURL})
	for _, name := range []string{"HTTPS_ADDR", "CERT_DIR", "ACME_DIRECTORY", "DOMAIN"} {
		assert.NotContains(t, out.String(), name, "without a domain it means nothing")
	}
}

func TestInherit(t *testing.T) {
	listener := func() net.Listener {
		l, err := net.Listen("tcp", "127.0.0.1:0")
		require.NoError(t, err)
		t.Cleanup(func() { l.Close() })
		return l
	}
	one, two := listener(), listener()
	rows := []struct {
		name   string
		domain string
		held   map[string]net.Listener
		https  net.Listener
		err    string
	}{
		{"one for plain HTTP", "", map[string]net.Listener{"http": one}, nil, ""},
		{"both, with a domain", domain, map[string]net.Listener{"http": one, "https": two}, two, ""},
		{"none for plain HTTP", domain, map[string]net.Listener{"https": two}, nil, `no inherited listener is named "http"`},
		{"a domain and none for HTTPS", domain, map[string]net.Listener{"http": one}, nil, `DOMAIN is set, and no inherited listener is named "https"`},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			l, err := inherit(config.Config{Domain: row.domain}, row.held)
			if row.err != "" {
				require.EqualError(t, err, row.err)
				return
			}
			require.NoError(t, err)
			assert.Equal(t, listeners{http: one, https: row.https, inherited: true}, l)
		})
	}
	t.Run("has no lab, which others could reach", func(t *testing.T) {
		_, err := inherit(config.Config{Lab: true}, map[string]net.Listener{"http": one})
		require.ErrorContains(t, err, "LAB=on is for a server that listens on ADDR itself")
	})
	t.Run("hangs up on HTTPS without a domain", func(t *testing.T) {
		_, err := inherit(config.Config{}, map[string]net.Listener{"http": one, "https": two})
		require.NoError(t, err)
		conn, err := net.Dial("tcp", two.Addr().String())
		require.NoError(t, err)
		defer conn.Close()
		_, err = conn.Read(make([]byte, 1))
		require.ErrorIs(t, err, io.EOF, "nobody else would answer, and clients would wait for ever")
	})
}

// Anybody may ask for a proof. Who has none learns nothing of where they are kept.
func TestHTTPS_tellsNothingOfTheCertificates(t *testing.T) {
	c, l := openHTTPS(t)
	keptCertificate(t, c)
	require.NoError(t, os.WriteFile(filepath.Join(c.CertDir, "proof+http-01"), []byte("proof.key"), 0o600))
	client := serveHTTPS(t, c, l).client(t, nil)
	ask := func(host, name string) (status int, body string) {
		res, err := client.Get("http://" + host + "/.well-known/acme-challenge/" + name)
		require.NoError(t, err)
		defer res.Body.Close()
		text, err := io.ReadAll(res.Body)
		require.NoError(t, err)
		return res.StatusCode, string(text)
	}
	for name, row := range map[string]struct{ host, file string }{
		"a name too long for a file": {domain, strings.Repeat("x", 300)},
		"a name with a NUL":          {domain, "a%00b"},
		"no such proof":              {domain, "nothing"},
		"the certificate itself":     {domain, "%2e%2e/" + domain},
		"another host":               {"evil.example", "proof"},
	} {
		status, body := ask(row.host, row.file)
		assert.Equal(t, http.StatusNotFound, status, name)
		assert.Contains(t, body, `"NOT_FOUND"`, name)
		assert.NotContains(t, body, "certificate", name)
	}
	status, body := ask(domain, "proof")
	assert.Equal(t, http.StatusOK, status, "the authority gets its answer")
	assert.Equal(t, "proof.key", body)
}

// Streams share one connection. What a connection can
// cost is bounded by how many there may be.
func TestHTTPS_boundsWhatAConnectionHolds(t *testing.T) {
	c, l := openHTTPS(t)
	roots := keptCertificate(t, c)
	s := serveHTTPS(t, c, l)
	conn, err := tls.Dial("tcp", s.listeners.https.Addr().String(),
		&tls.Config{RootCAs: roots, ServerName: domain, NextProtos: []string{"h2"}})
	require.NoError(t, err)
	t.Cleanup(func() { conn.Close() })
	require.NoError(t, conn.SetDeadline(time.Now().Add(5*time.Second)))

	// POST /login whose body does not come (RFC 7541 section 6: indexes of the
	// static table and literals).
	request := "\x83\x87\x41\x01a\x44\x06/login\x5f\x10application/json"
	const headers, reset, settings, windowUpdate, endHeaders = 1, 3, 4, 8, 4
	_, err = io.WriteString(conn, "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"+frame(settings, 0, 0, ""))
	require.NoError(t, err)
	last := byte(2*places.Streams + 1)
	for id := byte(1); id <= last; id += 2 {
		_, err = io.WriteString(conn, frame(headers, endHeaders, id, request))
		require.NoError(t, err)
	}
	for {
		kind, id, payload := readFrame(t, conn)
		switch {
		case kind == windowUpdate && id == 0:
			assert.Equal(t, "\x00\x00\x00\x01", payload, "the window is 64 KiB: 65535 bytes at the start, and one more")
		case kind == reset:
			assert.Equal(t, last, id, "the first one too many")
			return
		}
	}
}

// frame is one frame of HTTP/2 (RFC 9113 section 4.1).
func frame(kind, flags, stream byte, payload string) string {
	return string([]byte{0, 0, byte(len(payload)), kind, flags, 0, 0, 0, stream}) + payload
}

// readFrame reads one frame.
func readFrame(t *testing.T, r io.Reader) (kind, stream byte, payload string) {
	t.Helper()
	var head [9]byte
	_, err := io.ReadFull(r, head[:])
	require.NoError(t, err)
	body := make([]byte, int(head[0])<<16|int(head[1])<<8|int(head[2]))
	_, err = io.ReadFull(r, body)
	require.NoError(t, err)
	return head[3], head[8], string(body)
}
