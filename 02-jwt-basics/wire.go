package jwtbasics

import (
	"time"

	"github.com/golang-jwt/jwt/v5"
)

// wireClaims are [Claims] as golang-jwt reads, writes and validates them. The
// library's own RegisteredClaims won't do: it has no sid, and it writes aud as
// an array.
type wireClaims struct {
	Issuer    string           `json:"iss"`
	Audience  string           `json:"aud"`
	Subject   string           `json:"sub"`
	SessionID string           `json:"sid"`
	TokenID   string           `json:"jti"`
	IssuedAt  *jwt.NumericDate `json:"iat"`
	NotBefore *jwt.NumericDate `json:"nbf,omitempty"`
	ExpiresAt *jwt.NumericDate `json:"exp"`

	want Policy
}

var _ jwt.ClaimsValidator = (*wireClaims)(nil)

func toWire(c Claims, want Policy) *wireClaims {
	return &wireClaims{
		Issuer:    c.Issuer,
		Audience:  c.Audience,
		Subject:   c.Subject,
		SessionID: c.SessionID,
		TokenID:   c.TokenID,
		IssuedAt:  toNumericDate(c.IssuedAt),
		NotBefore: toNumericDate(c.NotBefore),
		ExpiresAt: toNumericDate(c.ExpiresAt),
		want:      want,
	}
}

func (w *wireClaims) claims() Claims {
	return Claims{
		Issuer:    w.Issuer,
		Audience:  w.Audience,
		Subject:   w.Subject,
		SessionID: w.SessionID,
		TokenID:   w.TokenID,
		IssuedAt:  fromNumericDate(w.IssuedAt),
		NotBefore: fromNumericDate(w.NotBefore),
		ExpiresAt: fromNumericDate(w.ExpiresAt),
	}
}

func toNumericDate(t time.Time) *jwt.NumericDate {
	if t.IsZero() {
		return nil
	}
	return jwt.NewNumericDate(t)
}

func fromNumericDate(d *jwt.NumericDate) time.Time {
	if d == nil {
		return time.Time{}
	}
	return d.UTC()
}

// Validate is the library's hook for rules of one's own. It runs after the
// library's, and its error is joined to theirs.
func (w *wireClaims) Validate() error {
	c := w.claims()
	if err := c.checkIdentity(); err != nil {
		return err
	}
	return w.want.checkLifetime(c)
}

func (w *wireClaims) GetExpirationTime() (*jwt.NumericDate, error) { return w.ExpiresAt, nil }
func (w *wireClaims) GetIssuedAt() (*jwt.NumericDate, error)       { return w.IssuedAt, nil }
func (w *wireClaims) GetNotBefore() (*jwt.NumericDate, error)      { return w.NotBefore, nil }
func (w *wireClaims) GetIssuer() (string, error)                   { return w.Issuer, nil }
func (w *wireClaims) GetSubject() (string, error)                  { return w.Subject, nil }
func (w *wireClaims) GetAudience() (jwt.ClaimStrings, error) {
	return jwt.ClaimStrings{w.Audience}, nil
}
