package jwtbasics

import (
	"crypto"
	"crypto/rsa"
	"crypto/sha256"
	"fmt"
)

// MinRSABits is the shortest RSA modulus (RFC 7518 section 3.3).
const MinRSABits = 2048

// RS256 is an RSA key for RSASSA-PKCS1-v1_5 with SHA-256 (RFC 7518 section
// 3.3). The private half signs; the public half verifies and can be given to
// anybody. Signatures are long: 256 bytes for 2048 bits.
type RS256 struct{ private *rsa.PrivateKey }

// NewRS256 returns a key, or ErrKey if it has fewer than [MinRSABits] or its
// numbers don't fit together.
func NewRS256(private *rsa.PrivateKey) (*RS256, error) {
	if private == nil || private.N == nil || private.N.BitLen() < MinRSABits {
		return nil, fmt.Errorf("%w: RS256 needs an RSA key of at least %d bits", ErrKey, MinRSABits)
	}
	if err := private.Validate(); err != nil {
		return nil, fmt.Errorf("%w: RS256: not a valid RSA key", ErrKey)
	}
	return &RS256{private: private}, nil
}

// Alg returns RS256.
func (k *RS256) Alg() string { return "RS256" }

// Sign returns a signature as long as the modulus. It is deterministic: the
// same input gives the same signature.
func (k *RS256) Sign(input string) ([]byte, error) {
	digest := sha256.Sum256([]byte(input))
	return rsa.SignPKCS1v15(nil, k.private, crypto.SHA256, digest[:])
}

// Verify needs the public half alone.
func (k *RS256) Verify(input string, signature []byte) error {
	digest := sha256.Sum256([]byte(input))
	if rsa.VerifyPKCS1v15(&k.private.PublicKey, crypto.SHA256, digest[:], signature) != nil {
		return ErrSignature
	}
	return nil
}

func (k *RS256) forLibrary() (private, public any) { return k.private, &k.private.PublicKey }
