// Wrong: The signature is cut at byte 32 before its length is known.
//
// Hint: An empty signature ends in a panic: a stranger picks the length, so a slice of
// it can be out of range. A longer one gets a second spelling. Which question comes
// before the knife?
//
// Fails:
//   - TestES256_Verify/a_zero_before_S_is_refused
//   - TestES256_Verify/no_signature_is_refused
package jwtbasics

import (
	"crypto/ecdsa"
	"crypto/sha256"
	"math/big"
)

func (k *ES256) Verify(input string, signature []byte) error {
	r := new(big.Int).SetBytes(signature[:es256Half])
	s := new(big.Int).SetBytes(signature[es256Half:])
	digest := sha256.Sum256([]byte(input))
	if !ecdsa.Verify(&k.private.PublicKey, digest[:], r, s) {
		return ErrSignature
	}
	return nil
}
