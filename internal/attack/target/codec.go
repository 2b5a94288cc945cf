package main

import (
	"crypto/rsa"
	"crypto/x509"
	"errors"
	"fmt"
	"time"

	jwtbasics "example.com/authbook/02-jwt-basics"
	tokens "example.com/authbook/03-token-scenarios"
	"example.com/authbook/internal/attack"
)

// issuer and audience are those of this server's access tokens.
const (
	issuer   = "authbook"
	audience = "authbook"
)

// jwt plugs a verifier of chapter 02 into chapter 03: one of those that the
// learner writes, and not the final server's.
type jwt struct{ jwtbasics.Codec }

func newKey(w attack.World) (jwtbasics.Key, error) {
	if w.Alg == "HS256" {
		return jwtbasics.NewHS256(w.Secret)
	}
	private, err := readPrivateKey(w.PrivateKey)
	if err != nil {
		return nil, err
	}
	return jwtbasics.NewRS256(private)
}

func readPrivateKey(der []byte) (*rsa.PrivateKey, error) {
	key, err := x509.ParsePKCS8PrivateKey(der)
	if err != nil {
		return nil, err
	}
	private, ok := key.(*rsa.PrivateKey)
	if !ok {
		return nil, errors.New("the private key is not for RSA")
	}
	return private, nil
}

func newJWT(w attack.World, key jwtbasics.Key) (j jwt, err error) {
	want := jwtbasics.Policy{Issuer: issuer, Audience: audience, TTL: tokens.AccessTTL}
	if w.Library {
		j.Codec, err = jwtbasics.NewLibrary(key, want)
	} else {
		j.Codec, err = jwtbasics.NewByHand(key, want)
	}
	return j, err
}

// Sign implements [tokens.JWT].
func (j jwt) Sign(c tokens.Claims) (string, error) { return j.signFor(audience, c) }

func (j jwt) signFor(audience string, c tokens.Claims) (string, error) {
	return j.Codec.Sign(jwtbasics.Claims{
		Issuer:    issuer,
		Audience:  audience,
		Subject:   c.Subject,
		SessionID: c.SessionID,
		TokenID:   c.TokenID,
		IssuedAt:  c.IssuedAt,
		ExpiresAt: c.ExpiresAt,
	})
}

// Verify implements [tokens.JWT].
func (j jwt) Verify(token string) (tokens.Claims, error) {
	c, err := j.Codec.Verify(token)
	if errors.Is(err, jwtbasics.ErrExpired) {
		return tokens.Claims{}, fmt.Errorf("%w: %w", tokens.ErrExpired, err)
	}
	if err != nil {
		return tokens.Claims{}, fmt.Errorf("%w: %w", tokens.ErrInvalid, err)
	}
	return tokens.Claims{
		Subject:   c.Subject,
		SessionID: c.SessionID,
		TokenID:   c.TokenID,
		IssuedAt:  c.IssuedAt,
		ExpiresAt: c.ExpiresAt,
	}, nil
}

// VerifyIgnoringExpiry implements [tokens.JWT]. Nobody practises long enough for a
// token to expire, so it does not ignore it.
func (j jwt) VerifyIgnoringExpiry(token string) (tokens.Claims, error) { return j.Verify(token) }

// claimsOf are the claims of a new token for a session.
func claimsOf(userID, sessionID string, now time.Time) tokens.Claims {
	issued := now.Truncate(time.Second)
	return tokens.Claims{
		Subject:   userID,
		SessionID: sessionID,
		TokenID:   "token-of-" + sessionID[:6],
		IssuedAt:  issued,
		ExpiresAt: issued.Add(tokens.AccessTTL),
	}
}
