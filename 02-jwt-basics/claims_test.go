package jwtbasics

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestClaims_onTheWire(t *testing.T) {
	assert.Equal(t,
		`{"iss":"https://auth.example","aud":"authbook","sub":"user-1","sid":"session-1","jti":"token-1",`+
			`"iat":946684800,"exp":946685700}`,
		payloadOf(validClaims()), "one flat object; dates are whole seconds since 1970 (RFC 7519 section 2)")
	assert.Contains(t, payloadOf(with(func(c *Claims) { c.NotBefore = c.IssuedAt })), `"nbf":946684800`)
}

func TestParseClaims_readsWhatIsWritten(t *testing.T) {
	for name, want := range map[string]Claims{
		"the usual claims":       validClaims(),
		"with nbf":               with(func(c *Claims) { c.NotBefore = c.ExpiresAt }),
		"the first second":       with(func(c *Claims) { c.IssuedAt = time.Unix(0, 0).UTC() }),
		"the last second":        with(func(c *Claims) { c.ExpiresAt = time.Unix(maxDate, 0).UTC() }),
		"letters of any script":  with(func(c *Claims) { c.Subject = "진호 😀 <&>/\u2028\u007f" }),
		"the longest subject":    with(func(c *Claims) { c.Subject = strings.Repeat("u", 2000) }),
		"a value like a payload": with(func(c *Claims) { c.Subject = `,exp:1}` }),
	} {
		t.Run(name, func(t *testing.T) {
			got, err := parseClaims([]byte(payloadOf(want)))
			require.NoError(t, err)
			assert.Equal(t, want, got)
		})
	}
}

// unwritable are claims that no verifier would accept.
func unwritable() []struct {
	name   string
	claims Claims
} {
	type row = struct {
		name   string
		claims Claims
	}
	return []row{
		{"no claims", Claims{}},
		{"no issuer", with(func(c *Claims) { c.Issuer = "" })},
		{"no audience", with(func(c *Claims) { c.Audience = "" })},
		{"no subject", with(func(c *Claims) { c.Subject = "" })},
		{"no session", with(func(c *Claims) { c.SessionID = "" })},
		{"no token id", with(func(c *Claims) { c.TokenID = "" })},
		{"no iat", with(func(c *Claims) { c.IssuedAt = time.Time{} })},
		{"no exp", with(func(c *Claims) { c.ExpiresAt = time.Time{} })},
		{"a quote, which would start a member of its own", with(func(c *Claims) { c.Subject = `user","sub":"admin` })},
		{"a backslash", with(func(c *Claims) { c.Subject = `user\` })},
		{"a line break", with(func(c *Claims) { c.SessionID = "user\n" })},
		{"bytes that are not UTF-8", with(func(c *Claims) { c.TokenID = "user\xff" })},
		{"a date before 1970", with(func(c *Claims) { c.IssuedAt = time.Unix(-1, 0) })},
		{"a date after 9999", with(func(c *Claims) { c.ExpiresAt = time.Unix(maxDate+1, 0) })},
		{"an nbf before 1970", with(func(c *Claims) { c.NotBefore = time.Unix(-1, 0) })},
		{"a subject that makes the token too long", with(func(c *Claims) {
			c.Subject = strings.Repeat("user", maxTextBytes/4)
		})},
	}
}

func TestClaims_checkWritable_boundsItsTexts(t *testing.T) {
	others := validClaims()
	room := 2048 - len(others.Issuer+others.Audience+others.SessionID+others.TokenID)
	for length, want := range map[int]error{room: nil, room + 1: ErrClaims} {
		c := with(func(c *Claims) { c.Subject = strings.Repeat("u", length) })
		assert.ErrorIs(t, c.checkWritable(), want, "a subject of %d bytes", length)
	}
}
