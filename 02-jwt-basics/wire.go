package jwtbasics

import (
	"encoding/json"
	"time"

	"github.com/golang-jwt/jwt/v5"
)

// wireClaims are [Claims] on their way through golang-jwt's parser, which reads
// JSON with encoding/json and calls Validate at the end. The library's own
// RegisteredClaims won't do: it has no sid, and it writes aud as an array.
type wireClaims struct {
	Claims

	want Policy
}

var _ jwt.ClaimsValidator = (*wireClaims)(nil)

// MarshalJSON implements [json.Marshaler].
func (w *wireClaims) MarshalJSON() ([]byte, error) { return w.appendJSON(nil), nil }

// UnmarshalJSON implements [json.Unmarshaler]. It is as lenient as
// encoding/json and the library's dates are; differences_test.go names how.
func (w *wireClaims) UnmarshalJSON(text []byte) error {
	var members wireMembers
	if err := json.Unmarshal(text, &members); err != nil {
		return err
	}
	w.Claims = members.claims()
	return nil
}

// Validate is the library's hook for further rules. It runs after the
// library's, and its error is joined to theirs.
func (w *wireClaims) Validate() error {
	if err := w.checkIdentity(); err != nil {
		return err
	}
	return w.want.checkLifetime(w.Claims)
}

// wireMembers are the members of the JSON object.
type wireMembers struct {
	Issuer    string           `json:"iss"`
	Audience  string           `json:"aud"`
	Subject   string           `json:"sub"`
	SessionID string           `json:"sid"`
	TokenID   string           `json:"jti"`
	IssuedAt  *jwt.NumericDate `json:"iat"`
	NotBefore *jwt.NumericDate `json:"nbf"`
	ExpiresAt *jwt.NumericDate `json:"exp"`
}

func (m wireMembers) claims() Claims {
	return Claims{
		Issuer:    m.Issuer,
		Audience:  m.Audience,
		Subject:   m.Subject,
		SessionID: m.SessionID,
		TokenID:   m.TokenID,
		IssuedAt:  fromNumericDate(m.IssuedAt),
		NotBefore: fromNumericDate(m.NotBefore),
		ExpiresAt: fromNumericDate(m.ExpiresAt),
	}
}

func fromNumericDate(d *jwt.NumericDate) time.Time {
	if d == nil {
		return time.Time{}
	}
	return d.UTC()
}
