package jwtbasics

import (
	"crypto"
	"crypto/x509"
	"encoding/pem"
	"strings"
	"time"

	"example.com/authbook/internal/exercise"
	"github.com/golang-jwt/jwt/v5"
)

// forger makes tokens for one codec: with its own header and key, or with
// those of an attacker.
type forger struct {
	alg    string
	header string                    // what the codec writes
	sign   func(input string) string // with the codec's own key
}

// token returns a genuinely signed token.
func (f forger) token(header, payload string) string {
	input := b64(header) + "." + b64(payload)
	token := input + "." + f.sign(input)
	exercise.Secret(token)
	return token
}

// claims returns a genuinely signed token with the codec's own header.
func (f forger) claims(c Claims) string { return f.payload(payloadOf(c)) }

// payload is claims for any payload.
func (f forger) payload(payload string) string { return f.token(f.header, payload) }

// headed returns a valid token but for one piece of the header.
func (f forger) headed(old, replacement string) string {
	return f.token(replaceOnce(f.header, old, replacement), payloadOf(validClaims()))
}

// signedBy returns a token for the header, signed with a key of the row's own.
func signedBy(method jwt.SigningMethod, key any, header string) string {
	input := b64(header) + "." + b64(payloadOf(validClaims()))
	return input + "." + b64(string(must(method.Sign(input, key))))
}

func replaceOnce(text, old, replacement string) string {
	if strings.Count(text, old) != 1 {
		panic("the row wants to replace what is not there once: " + old)
	}
	return strings.Replace(text, old, replacement, 1)
}

// The functions below make a row's token with the forger that the row meets.

// valid makes the usual token.
func valid(f forger) string { return f.claims(validClaims()) }

// changed makes a token of the usual claims after change.
func changed(change func(c *Claims)) func(forger) string {
	return func(f forger) string { return f.claims(with(change)) }
}

// aged makes a token that is d older, or from the future for a negative d.
func aged(d time.Duration) func(forger) string {
	return changed(func(c *Claims) { age(c, d) })
}

// signed makes a token of any payload.
func signed(payload string) func(forger) string {
	return func(f forger) string { return f.payload(payload) }
}

// edited makes a token of the usual payload with one piece of text replaced.
func edited(old, replacement string) func(forger) string {
	return func(f forger) string { return f.payload(replaceOnce(payloadOf(validClaims()), old, replacement)) }
}

// headed makes a token of the forger's header with one piece of text replaced.
func headed(old, replacement string) func(forger) string {
	return func(f forger) string { return f.headed(old, replacement) }
}

// algNamed makes a token whose header names another algorithm.
func algNamed(alg string) func(forger) string {
	return func(f forger) string { return f.headed(f.alg, alg) }
}

// dateQuoted makes a token in which the date is a string.
func dateQuoted(name string) func(forger) string {
	return func(f forger) string {
		payload := payloadOf(validClaims())
		start := strings.Index(payload, `"`+name+`":`) + len(name) + 3
		end := start + strings.IndexAny(payload[start:], ",}")
		return f.payload(payload[:start] + `"` + payload[start:end] + `"` + payload[end:])
	}
}

// age moves the dates of the claims into the past, or ahead for a negative d.
func age(c *Claims, d time.Duration) {
	c.IssuedAt = c.IssuedAt.Add(-d)
	c.ExpiresAt = c.ExpiresAt.Add(-d)
}

// cutSignature returns header and payload of a token.
func cutSignature(token string) string { return token[:strings.LastIndex(token, ".")] }

// strayBits returns another text of the token: the bits of its last
// character that belong to no byte are set.
func strayBits(token string) string {
	const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
	last := strings.IndexByte(alphabet, token[len(token)-1])
	return token[:len(token)-1] + string(alphabet[last+1])
}

func publicPEM(key crypto.PublicKey) []byte {
	return pem.EncodeToMemory(&pem.Block{Type: "PUBLIC KEY", Bytes: must(x509.MarshalPKIXPublicKey(key))})
}
