//go:build unix

package main

import (
	"bytes"
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"fmt"
	"math/big"
	"net/http"
	"os"
	"strings"
	"time"
)

const (
	// gameDomain leads nowhere: the learner's computer has to know it.
	gameDomain = "auth.example.com"
	// rootFile is the certificate of the authority that signed for it, which the
	// learner's computer has to trust.
	rootFile = "game-root.pem"
	// shortLived is how long a certificate stays good of which the server is to
	// have its end in use.
	shortLived = 40 * time.Second
	// weekLeft is what a certificate must have after the repair.
	weekLeft = 7 * 24 * time.Hour
)

// authority signs certificates for one game.
type authority struct {
	certificate *x509.Certificate
	key         *ecdsa.PrivateKey
}

// newAuthority makes one, and returns what has to be trusted.
func newAuthority() (a authority, root []byte, err error) {
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "The authority of the game day"},
		NotBefore: time.Now().Add(-365 * 24 * time.Hour), NotAfter: time.Now().Add(365 * 24 * time.Hour),
		IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageCertSign,
	}
	if a.key, err = ecdsa.GenerateKey(elliptic.P256(), rand.Reader); err != nil {
		return a, nil, err
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, a.key.Public(), a.key)
	if err != nil {
		return a, nil, err
	}
	a.certificate = template
	return a, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der}), nil
}

// sign makes a certificate of 90 days for a domain as the server keeps it: the key,
// and then the certificate.
func (a authority) sign(domain string, ends time.Time) ([]byte, error) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return nil, err
	}
	template := &x509.Certificate{
		SerialNumber: big.NewInt(ends.Unix()), DNSNames: []string{domain},
		NotBefore: ends.Add(-90 * 24 * time.Hour), NotAfter: ends,
		KeyUsage: x509.KeyUsageDigitalSignature, ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth},
	}
	der, err := x509.CreateCertificate(rand.Reader, template, a.certificate, key.Public(), a.key)
	if err != nil {
		return nil, err
	}
	secret, err := x509.MarshalECPrivateKey(key)
	if err != nil {
		return nil, err
	}
	return append(pem.EncodeToMemory(&pem.Block{Type: "EC PRIVATE KEY", Bytes: secret}),
		pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der})...), nil
}

const (
	// goodFolder is where the server keeps certificates unless it is told otherwise.
	goodFolder = "/var/lib/authbook/certificates"
	oldFolder  = "/var/lib/authbook/certificates-2025"
)

// endedCertificate lets the server use a certificate from another folder, until that
// has ended. The one in the folder that was left is good for months.
func endedCertificate(ctx context.Context, p *game) error {
	a, root, err := newAuthority()
	if err != nil {
		return err
	}
	if err := os.WriteFile(p.machine.path(rootFile), root, 0o644); err != nil {
		return err
	}
	if _, err := p.machine.shell(ctx, bytes.NewReader(root), trustRoot); err != nil {
		return err
	}
	if err := p.keep(ctx, a, goodFolder, time.Now().Add(89*24*time.Hour), "DOMAIN", gameDomain); err != nil {
		return err
	}
	if err := p.keep(ctx, a, oldFolder, time.Now().Add(shortLived), "CERT_DIR", oldFolder); err != nil {
		return err
	}
	if p.visitor, err = visitorOf(p.machine, gameDomain); err != nil {
		return err
	}
	if err := p.visitor.ready(ctx); err != nil { // the server has it in use now
		return err
	}
	return until(ctx, "it ends", func() bool {
		err := p.visitor.ready(ctx)
		return err != nil && strings.Contains(err.Error(), "certificate has expired")
	})
}

// The machine trusts the authority while the game lasts, as it trusts Let's Encrypt:
// else `ship status` would find fault with the repair.
const (
	trustRoot  = "cat >/usr/local/share/ca-certificates/game.crt; update-ca-certificates >/dev/null 2>&1"
	forgetRoot = "rm -f /usr/local/share/ca-certificates/game.crt; update-ca-certificates --fresh >/dev/null 2>&1"
)

// keep puts a certificate into a folder, and sets what lets the server use it, as
// `ship set` of the night shift would.
func (p *game) keep(ctx context.Context, a authority, folder string, ends time.Time, name, value string) error {
	text, err := a.sign(gameDomain, ends)
	if err != nil {
		return err
	}
	if _, err = p.machine.shell(ctx, bytes.NewReader(text), fmt.Sprintf(
		"install -d -o authbook -g authbook -m 700 %[1]s; install -o authbook -g authbook -m 600 /dev/stdin %[1]s/%[2]s",
		folder, gameDomain)); err != nil {
		return err
	}
	return p.host(ctx, value+"\ngood\n", "set "+name)
}

// servesCertificate wants a certificate that is good for a while.
func servesCertificate(ctx context.Context, p *game) error {
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, p.visitor.origin+"/healthz", nil)
	if err != nil {
		return err
	}
	res, err := p.visitor.client.Do(r)
	if err != nil {
		return err
	}
	defer res.Body.Close()
	if left := time.Until(res.TLS.PeerCertificates[0].NotAfter); left < weekLeft {
		return fmt.Errorf("the certificate is good for %s; that is less than a week", left.Round(time.Second))
	}
	return nil
}

// withoutDomain lets the guest serve plain HTTP again, as it did before.
func withoutDomain(ctx context.Context, p *game) error {
	if _, err := p.machine.shell(ctx, nil, forgetRoot); err != nil {
		return err
	}
	return p.host(ctx, "good\n", "unset DOMAIN")
}
