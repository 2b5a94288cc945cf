package jwtbasics

import (
	"time"

	"github.com/golang-jwt/jwt/v5"
)

// The six getters let golang-jwt's Validator judge [Claims] as they are. For a
// date, nil means absent. None returns an error: the claims are read already.
var _ jwt.Claims = Claims{}

// GetIssuer returns iss.
func (c Claims) GetIssuer() (string, error) { return c.Issuer, nil }

// GetAudience returns aud, always one text.
func (c Claims) GetAudience() (jwt.ClaimStrings, error) { return jwt.ClaimStrings{c.Audience}, nil }

// GetSubject returns sub.
func (c Claims) GetSubject() (string, error) { return c.Subject, nil }

// GetIssuedAt returns iat.
func (c Claims) GetIssuedAt() (*jwt.NumericDate, error) { return toNumericDate(c.IssuedAt), nil }

// GetNotBefore returns nbf.
func (c Claims) GetNotBefore() (*jwt.NumericDate, error) { return toNumericDate(c.NotBefore), nil }

// GetExpirationTime returns exp.
func (c Claims) GetExpirationTime() (*jwt.NumericDate, error) { return toNumericDate(c.ExpiresAt), nil }

func toNumericDate(t time.Time) *jwt.NumericDate {
	if t.IsZero() {
		return nil
	}
	return &jwt.NumericDate{Time: t}
}
