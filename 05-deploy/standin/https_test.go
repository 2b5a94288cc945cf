//go:build unix

package main

import (
	"bytes"
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// domain leads to the guest, on the operator's side by the hosts file and on
// the authority's by a name server.
const domain = gameDomain

// httpsByDomain turns HTTPS on for a machine that served plain HTTP. The
// authority lives in the guest's network namespace.
func httpsByDomain(f *field) {
	authority := os.Getenv("AUTHBOOK_PEBBLE")
	if authority == "" {
		f.Skip("NOT SHOWN: no ACME authority here; get it with: .ci/with-pebble .ci/instance")
	}
	before := f.state()
	_, err := f.ship(numbered(10), "-domain", "nowhere.example.com", f.host())
	require.ErrorContains(f, err, "nowhere.example.com has no address record")
	assert.Equal(f, before, f.state())

	root := f.startAuthority(authority)
	f.sh("printf 'ACME_DIRECTORY=https://localhost:14000/dir\nSSL_CERT_FILE=/etc/authbook/authority.pem\n'" +
		" >/etc/authbook/authbook.env")
	printed, err := f.shipToDomain(root, numbered(10), "-domain", domain)
	require.NoErrorf(f, err, "%s", printed)
	assert.Contains(f, printed, "check https://"+domain)
	assert.NotContains(f, printed, "plain HTTP")
	first := f.certificate(root)
	f.Logf("a certificate from %s", first.Issuer)

	printed, err = f.shipToDomain(root, numbered(11))
	require.NoErrorf(f, err, "%s", printed)
	assert.Contains(f, printed, "check https://"+domain, "it is asked for once")
	assert.Equal(f, first.SerialNumber, f.certificate(root).SerialNumber, "the certificate is kept")
	f.shipsUnderTLS(root)

	status, _ := f.request("POST", "/login", `{"username":"JIN HO","password":"12341234"}`)
	assert.NotEqual(f, 200, status, "no password over plain HTTP any more")
	f.sh("rm /etc/authbook/authbook.env")
	f.deployAt(f.url())
}

// deployAt ships with a new public address.
func (f *field) deployAt(url string) {
	f.Helper()
	printed, err := f.ship(numbered(12), "-url", url, f.host())
	require.NoErrorf(f, err, "%s", printed)
}

// startAuthority starts pebble and returns its root certificate.
func (f *field) startAuthority(programs string) (root []byte) {
	f.Helper()
	dir := f.TempDir()
	f.sh("cd /etc/authbook && openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 1" +
		" -subj /CN=localhost -addext subjectAltName=DNS:localhost" +
		" -keyout authority.key -out authority.pem 2>/dev/null && chmod 644 authority.pem")
	for _, name := range []string{"authority.key", "authority.pem"} {
		require.NoError(f, os.WriteFile(filepath.Join(dir, name), []byte(f.sh("cat /etc/authbook/"+name)+"\n"), 0o600))
	}
	f.sh("rm /etc/authbook/authority.key")
	config, err := json.Marshal(map[string]any{"pebble": map[string]any{
		"listenAddress": "127.0.0.1:14000", "managementListenAddress": "127.0.0.1:15000",
		"certificate": filepath.Join(dir, "authority.pem"), "privateKey": filepath.Join(dir, "authority.key"),
		"httpPort": 80, "tlsPort": 443, "keyAlgorithm": "ecdsa",
		"profiles": map[string]any{"default": map[string]any{"description": "test", "validityPeriod": 7776000}},
	}})
	require.NoError(f, err)
	require.NoError(f, os.WriteFile(filepath.Join(dir, "config.json"), config, 0o600))
	f.background(filepath.Join(programs, "pebble-challtestsrv"),
		"-defaultIPv4", f.guest.address(), "-defaultIPv6", "",
		"-dnsserver", "127.0.0.1:8053", "-management", "127.0.0.1:8055",
		"-http01", "", "-https01", "", "-tlsalpn01", "", "-doh", "")
	f.background(filepath.Join(programs, "pebble"), "-strict", "-config", filepath.Join(dir, "config.json"),
		"-dnsserver", "127.0.0.1:8053")
	const curl = "curl -sSf --retry 50 --retry-delay 1 --retry-connrefused --cacert /etc/authbook/authority.pem "
	return []byte(f.sh(curl+"https://localhost:15000/roots/0") + "\n")
}

// background runs a program in the guest's network namespace until the test ends.
func (f *field) background(program string, args ...string) {
	f.Helper()
	var log bytes.Buffer
	command := exec.Command("ip", append([]string{"netns", "exec", f.guest.machine, program}, args...)...)
	command.Env = append(os.Environ(), "PEBBLE_VA_NOSLEEP=1", "PEBBLE_WFE_NONCEREJECT=0")
	command.Stdout, command.Stderr = &log, &log
	require.NoError(f, command.Start())
	f.Cleanup(func() {
		_ = command.Process.Kill()
		_ = command.Wait()
		if f.Failed() {
			f.Logf("%s:\n%s", filepath.Base(program), &log)
		}
	})
}

// shipToDomain is a ship of an operator who knows the domain.
func (f *field) shipToDomain(root []byte, r release, args ...string) (string, error) {
	f.Helper()
	return f.knowing(root).ship(r, append(args, f.host())...)
}

// knowing makes the operator one who can look the domain up and trusts the
// authority.
func (f *field) knowing(root []byte) *field {
	f.Helper()
	dir := f.TempDir()
	hosts, roots := filepath.Join(dir, "hosts"), filepath.Join(dir, "roots.pem")
	require.NoError(f, os.WriteFile(hosts, []byte("127.0.0.1 localhost\n"+f.guest.address()+" "+domain+"\n"), 0o644))
	require.NoError(f, os.WriteFile(roots, root, 0o644))
	inner := *f
	inner.shipAt = filepath.Join(dir, "ship")
	script := "#!/bin/sh\nexport SSL_CERT_FILE=" + roots + "\n" +
		"exec unshare --mount sh -c 'mount --bind " + hosts + " /etc/hosts; exec \"$0\" \"$@\"' " +
		f.shipAt + " \"$@\"\n"
	require.NoError(f, os.WriteFile(inner.shipAt, []byte(script), 0o755))
	return &inner
}

func (f *field) secureAddress() string { return net.JoinHostPort(f.guest.address(), "443") }

func (f *field) trust(root []byte) *tls.Config {
	f.Helper()
	roots := x509.NewCertPool()
	require.True(f, roots.AppendCertsFromPEM(root))
	return &tls.Config{RootCAs: roots, ServerName: domain}
}

// certificate is the one that the guest shows, checked as a browser does.
func (f *field) certificate(root []byte) *x509.Certificate {
	f.Helper()
	dialer := &tls.Dialer{NetDialer: &net.Dialer{Timeout: 10 * time.Second}, Config: f.trust(root)}
	conn, err := dialer.DialContext(f.Context(), "tcp", f.secureAddress())
	require.NoError(f, err)
	defer conn.Close()
	return conn.(*tls.Conn).ConnectionState().PeerCertificates[0]
}
