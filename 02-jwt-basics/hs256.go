package jwtbasics

import (
	"crypto/hmac"
	"crypto/sha256"
	"fmt"
)

// MinSecretBytes is the shortest secret for HMAC-SHA-256: as long as the hash
// it feeds (RFC 7518 section 3.2). A shorter one can be guessed offline from a
// single token.
const MinSecretBytes = 32

// HS256 is a secret for HMAC with SHA-256 (RFC 7518 section 3.2). The same
// secret signs and verifies, so every verifier can forge. That fits a
// server that reads only its own tokens.
type HS256 struct{ secret secret }

// NewHS256 returns a key with a copy of the secret, or ErrKey if it has fewer
// than [MinSecretBytes].
func NewHS256(secret []byte) (*HS256, error) {
	if err := checkSecret(secret); err != nil {
		return nil, err
	}
	return &HS256{secret: keep(secret)}, nil
}

func checkSecret(secret []byte) error {
	if len(secret) < MinSecretBytes {
		return fmt.Errorf("%w: a secret needs at least %d bytes, this one has %d", ErrKey, MinSecretBytes, len(secret))
	}
	return nil
}

// Alg returns HS256.
func (k *HS256) Alg() string { return "HS256" }

// Sign returns the MAC of the input, 32 bytes.
func (k *HS256) Sign(input string) ([]byte, error) { return k.mac(input), nil }

// mac returns HMAC-SHA-256 of the input under the secret (RFC 2104). A plain
// hash of secret and input together would not do: it can be extended by
// somebody who doesn't know the secret.
//
//workbook:exercise 2.3 TestHS256_Sign|TestKeyRing_[Rr]efresh.*
func (k *HS256) mac(input string) []byte {
	mac := hmac.New(sha256.New, k.secret())
	mac.Write([]byte(input))
	return mac.Sum(nil)
}

// Verify computes the MAC again and compares all of it in constant time. A
// comparison that stops at the first difference tells by its time how many
// bytes of a guess were right.
//
//workbook:exercise 2.5 TestHS256_Verify(_.*)?|TestKeyRing_VerifyRefreshMAC
func (k *HS256) Verify(input string, signature []byte) error {
	if !hmac.Equal(signature, k.mac(input)) {
		return ErrSignature
	}
	return nil
}

func (k *HS256) forLibrary() (private, public any) { return k.secret(), k.secret() }
