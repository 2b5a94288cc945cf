package main

import (
	"crypto/x509"
	"encoding/json"
	"encoding/pem"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"
	"time"

	jwtbasics "example.com/authbook/02-jwt-basics"
	"example.com/authbook/internal/attack"
	"example.com/authbook/internal/problem"
)

// knownPath is where the attacker finds what an attacker of this kind has: a log
// that leaked, a proxy, a photo. The answers are plain text and hold one value each,
// so that a shell can put it into a variable. They warn in their header alone.
const knownPath = "/known/"

func (p *parts) known(w http.ResponseWriter, r *http.Request) error {
	name := r.PathValue("name")
	if !slices.Contains(p.world.Known, name) {
		return problem.New(problem.NotFound, "")
	}
	text, err := p.value(name)
	if err != nil {
		return err
	}
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	_, _ = io.WriteString(w, strings.TrimRight(text, "\n")+"\n")
	return nil
}

func (p *parts) value(name string) (string, error) {
	own, victim := p.world.Own, p.world.Victim
	switch name {
	case "token":
		return p.jwt.Sign(claimsOf(own.ID, own.Live, time.Now()))
	case "victim":
		return fmt.Sprintf(`{"sub":"%s","sid":"%s"}`, victim.ID, victim.Live), nil
	case "public.pem":
		return p.publicKey()
	case "old-token":
		return p.withoutExp(victim)
	case "pictures-token":
		return p.jwt.signFor(audience+"-pictures", claimsOf(victim.ID, victim.Live, time.Now()))
	case "ended-token":
		return p.jwt.Sign(claimsOf(victim.ID, victim.Ended, time.Now()))
	case "ended-cookie":
		return p.refreshToken(victim.Ended, 0), nil
	case "spent-cookie":
		return p.refreshToken(victim.Live, 0), nil
	case "photo":
		letters := []rune(victim.Password)
		return string(letters[:len(letters)-1]), nil
	}
	return strings.Join(p.world.Candidates, "\n"), nil
}

// publicKey is in PEM, as servers publish theirs.
func (p *parts) publicKey() (string, error) {
	private, err := readPrivateKey(p.world.PrivateKey)
	if err != nil {
		return "", err
	}
	der, err := x509.MarshalPKIXPublicKey(private.Public())
	if err != nil {
		return "", err
	}
	return string(pem.EncodeToMemory(&pem.Block{Type: "PUBLIC KEY", Bytes: der})), nil
}

// withoutExp is a genuine token that names no end.
func (p *parts) withoutExp(of attack.Person) (string, error) {
	payload, err := json.Marshal(map[string]any{"iss": issuer, "aud": audience, "sub": of.ID, "sid": of.Live,
		"jti": "test-token", "iat": time.Now().Add(-2 * 365 * 24 * time.Hour).Unix()})
	if err != nil {
		return "", err
	}
	header := fmt.Sprintf(`{"alg":%q,"typ":"JWT"}`, p.key.Alg())
	return jwtbasics.SignCompact(p.key, []byte(header), payload)
}
