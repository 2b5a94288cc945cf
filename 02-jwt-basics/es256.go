package jwtbasics

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha256"
	"fmt"
	"math/big"
)

// es256Half is the length of each half of a signature: R and S as big-endian
// numbers of 32 bytes, leading zeros kept (RFC 7518 section 3.4).
const es256Half = 32

// ES256 is an elliptic-curve key for ECDSA on P-256 with SHA-256 (RFC 7518
// section 3.4). Signatures have 64 bytes.
type ES256 struct{ private *ecdsa.PrivateKey }

// NewES256 returns a key, or ErrKey if it is on another curve than P-256, for
// each ES algorithm names one curve, or if its two halves don't belong together:
// such a key signs what nobody can verify.
func NewES256(private *ecdsa.PrivateKey) (*ES256, error) {
	if private == nil || private.Curve != elliptic.P256() {
		return nil, fmt.Errorf("%w: ES256 needs a key on the curve P-256", ErrKey)
	}
	//lint:ignore SA1019 a key that was put together by hand may lack a half
	if private.D == nil || private.X == nil || private.Y == nil {
		return nil, fmt.Errorf("%w: ES256 needs a private and a public half", ErrKey)
	}
	scalar, err := private.Bytes()
	if err != nil {
		return nil, fmt.Errorf("%w: ES256: the private half is not a valid number", ErrKey)
	}
	whole, err := ecdsa.ParseRawPrivateKey(elliptic.P256(), scalar)
	if err != nil || !whole.Equal(private) {
		return nil, fmt.Errorf("%w: ES256: the two halves don't belong together", ErrKey)
	}
	return &ES256{private: whole}, nil
}

// Alg returns ES256.
func (k *ES256) Alg() string { return "ES256" }

// Sign returns R and S side by side. It is randomised: the same input gives
// another signature each time, and all of them are valid.
func (k *ES256) Sign(input string) ([]byte, error) {
	digest := sha256.Sum256([]byte(input))
	r, s, err := ecdsa.Sign(rand.Reader, k.private, digest[:])
	if err != nil {
		return nil, fmt.Errorf("jwtbasics: ES256: %w", err)
	}
	return sideBySide(r, s), nil
}

// sideBySide writes each number with its leading zeros: one in 128 signatures
// has a short one.
func sideBySide(r, s *big.Int) []byte {
	signature := make([]byte, 2*es256Half)
	r.FillBytes(signature[:es256Half])
	s.FillBytes(signature[es256Half:])
	return signature
}

// Verify wants exactly 64 bytes, R and then S. The ASN.1 form that TLS and
// most tools write is refused, and so are halves without their leading zeros.
// Zeros for both, which once passed in another language's standard library,
// are refused by crypto/ecdsa.
//
//workbook:exercise 2.10 TestES256_Verify(_.*)?
func (k *ES256) Verify(input string, signature []byte) error {
	if len(signature) != 2*es256Half {
		return ErrSignature
	}
	r := new(big.Int).SetBytes(signature[:es256Half])
	s := new(big.Int).SetBytes(signature[es256Half:])
	digest := sha256.Sum256([]byte(input))
	if !ecdsa.Verify(&k.private.PublicKey, digest[:], r, s) {
		return ErrSignature
	}
	return nil
}

func (k *ES256) forLibrary() (private, public any) { return k.private, &k.private.PublicKey }
