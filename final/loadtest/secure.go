package main

import (
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"encoding/pem"
	"math/big"
	"net"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// secureDomain is the name of a server that speaks HTTPS, and of no other.
const secureDomain = "auth.example.com"

// serveSecure starts the server with HTTPS and a certificate of its own making.
func (b *testbed) serveSecure(ctx context.Context) (*process, error) {
	dir := filepath.Join(b.dir, "certificates-"+rand.Text())
	if err := keepCertificate(dir); err != nil {
		return nil, err
	}
	addr, err := freeAddr()
	if err != nil {
		return nil, err
	}
	server, err := b.serve(ctx, b.newFile(), "DOMAIN="+secureDomain, "CERT_DIR="+dir, "HTTPS_ADDR="+addr,
		"ACME_DIRECTORY=https://127.0.0.1:1/no-authority")
	if err != nil {
		return nil, err
	}
	server.addr = addr
	return server, nil
}

// freeAddr is an address that nothing listens on at this moment.
func freeAddr() (string, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	return l.Addr().String(), l.Close()
}

// keepCertificate puts a certificate where the server looks before it asks an
// authority for one.
func keepCertificate(dir string) error {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return err
	}
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1), DNSNames: []string{secureDomain},
		NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(90 * 24 * time.Hour),
	}
	certificate, err := x509.CreateCertificate(rand.Reader, template, template, key.Public(), key)
	if err != nil {
		return err
	}
	private, err := x509.MarshalECPrivateKey(key)
	if err != nil {
		return err
	}
	text := append(pem.EncodeToMemory(&pem.Block{Type: "EC PRIVATE KEY", Bytes: private}),
		pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: certificate})...)
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(dir, secureDomain), text, 0o600)
}

// overTLS speaks TLS on a connection, and in it one protocol.
func overTLS(conn net.Conn, protocol string) net.Conn {
	return tls.Client(conn, &tls.Config{
		InsecureSkipVerify: true, // the certificate was made for this run
		ServerName:         secureDomain,
		NextProtos:         []string{protocol},
	})
}

// zeroWindow asks for the largest file on as many streams as there may be, with
// a header that is as large as it may be, and takes no byte of the answers (RFC
// 9113 section 6.9.2).
func zeroWindow() []byte {
	const settings, headers, endStream, endHeaders = 4, 1, 1, 4
	request := "\x82\x87\x41\x01a" + // GET https://a: RFC 7541 section 6, by the static table
		"\x44\x1d/swagger/swagger-ui-bundle.js" +
		"\x00\x01x\x7f\x99\x74" + strings.Repeat("x", 0x7f+0x19+0x74<<7) // without Huffman or index
	var text strings.Builder
	text.WriteString("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" + frame(settings, 0, 0, "\x00\x04\x00\x00\x00\x00"))
	for stream := byte(1); stream < 16; stream += 2 {
		text.WriteString(frame(headers, endStream|endHeaders, stream, request))
	}
	return []byte(text.String())
}

// frame is one frame of HTTP/2 (RFC 9113 section 4.1).
func frame(kind, flags, stream byte, payload string) string {
	n := len(payload)
	return string([]byte{byte(n >> 16), byte(n >> 8), byte(n), kind, flags, 0, 0, 0, stream}) + payload
}
