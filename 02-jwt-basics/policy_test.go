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
		{name: "a shorter lifetime is accepted", why: "the TTL is a limit",
			claims: with(func(c *Claims) { c.ExpiresAt = c.IssuedAt.Add(time.Second) })},
		{name: "another issuer is refused", err: ErrClaims, why: "a shared key is not a shared user table",
			claims: with(func(c *Claims) { c.Issuer = "https://evil.example" })},
		{name: "the issuer with a slash more is refused", err: ErrClaims,
			why:    "it is compared exactly (RFC 8725 section 3.8)",
			claims: with(func(c *Claims) { c.Issuer += "/" })},
		{name: "the issuer in capitals is refused", err: ErrClaims,
			why:    "it is compared exactly (RFC 8725 section 3.8)",
			claims: with(func(c *Claims) { c.Issuer = "HTTPS://AUTH.EXAMPLE" })},
		{name: "another audience is refused", err: ErrClaims, why: "a token for one service must not open another",
			claims: with(func(c *Claims) { c.Audience = "billing" })},
		{name: "an audience that contains ours is refused", err: ErrClaims, why: "a name that contains ours is another name",
			claims: with(func(c *Claims) { c.Audience = "authbook-staging" })},
		{name: "no audience is refused", err: ErrClaims, why: "a token for nobody is not for us",
			claims: with(func(c *Claims) { c.Audience = "" })},
		{name: "a second more than the TTL is refused", err: ErrClaims, why: "no token of ours lives so long",
			claims: with(func(c *Claims) { c.ExpiresAt = c.ExpiresAt.Add(time.Second) })},
		{name: "a token for a thousand years is refused", err: ErrClaims, why: "no token of ours lives so long",
			claims: with(func(c *Claims) { c.ExpiresAt = c.IssuedAt.AddDate(1000, 0, 0) })},
	}
	exercise.Rows(t, "2.9", rows, func(t *testing.T, row row) {
		err := testPolicy.check(row.claims)
		assertError(t, row.err, err, row.why)
		if row.claims.Issuer != testPolicy.Issuer {
			assertQuotesNothing(t, err, row.claims.Issuer)
		} else if row.claims.Audience != testPolicy.Audience {
			assertQuotesNothing(t, err, row.claims.Audience)
		}
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

func TestPolicy_mayBeShort(t *testing.T) {
	_, err := NewByHand(hs256().key, Policy{Issuer: "i", Audience: "a", TTL: 1})
	assert.NoError(t, err, "a TTL above zero is one")
}
