package jwtbasics

import (
	"testing"
	"time"

	"example.com/authbook/internal/exercise"
	"github.com/stretchr/testify/assert"
)

func TestPolicy_Check(t *testing.T) {
	type row struct {
		name   string
		claims Claims
		err    error
		why    string
	}
	rows := []row{
		{name: "issuer, audience and lifetime as asked", claims: validClaims(), why: "this is the usual case"},
		{name: "a shorter lifetime is accepted", claims: with(func(c *Claims) { c.ExpiresAt = c.IssuedAt.Add(time.Second) }), why: "the TTL is a limit"},
		{name: "another issuer is refused", claims: with(func(c *Claims) { c.Issuer = "https://evil.example" }), err: ErrClaims, why: "a shared key is not a shared user table"},
		{name: "the issuer with a slash more is refused", claims: with(func(c *Claims) { c.Issuer += "/" }), err: ErrClaims, why: "it is compared exactly (RFC 8725 section 3.8)"},
		{name: "the issuer in capitals is refused", claims: with(func(c *Claims) { c.Issuer = "HTTPS://AUTH.EXAMPLE" }), err: ErrClaims, why: "it is compared exactly (RFC 8725 section 3.8)"},
		{name: "another audience is refused", claims: with(func(c *Claims) { c.Audience = "billing" }), err: ErrClaims, why: "a token for one service must not open another"},
		{name: "an audience that contains ours is refused", claims: with(func(c *Claims) { c.Audience = "authbook-staging" }), err: ErrClaims, why: "containing is not equalling"},
		{name: "no audience is refused", claims: with(func(c *Claims) { c.Audience = "" }), err: ErrClaims, why: "a token for nobody is not for us"},
		{name: "a second more than the TTL is refused", claims: with(func(c *Claims) { c.ExpiresAt = c.ExpiresAt.Add(time.Second) }), err: ErrClaims, why: "no token of ours lives so long"},
		{name: "a token for a thousand years is refused", claims: with(func(c *Claims) { c.ExpiresAt = c.IssuedAt.AddDate(1000, 0, 0) }), err: ErrClaims, why: "no token of ours lives so long"},
	}
	exercise.Rows(t, "2.9", rows, func(t *testing.T, row row) {
		assertError(t, row.err, testPolicy.check(row.claims), row.why)
	})
}

func TestPolicy_hasNoGap(t *testing.T) {
	for name, policy := range map[string]Policy{
		"no issuer":      {Audience: "a", TTL: time.Minute},
		"no audience":    {Issuer: "i", TTL: time.Minute},
		"no TTL":         {Issuer: "i", Audience: "a"},
		"a negative TTL": {Issuer: "i", Audience: "a", TTL: -time.Minute},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := NewByHand(hs256().key, policy)
			assert.ErrorIs(t, err, ErrClaims, "by hand")
			_, err = NewVerifier(must(NewKeyRing(unb64(rfcHS256Secret), nil)), policy)
			assert.ErrorIs(t, err, ErrClaims, "an empty value would mean: anything goes")
			_, err = NewLibrary(hs256().key, policy)
			assert.ErrorIs(t, err, ErrClaims, "golang-jwt would not check it at all")
		})
	}
}
