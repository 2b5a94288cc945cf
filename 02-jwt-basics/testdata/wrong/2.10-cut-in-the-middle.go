// Wrong: The signature is cut in the middle, whatever its length.
//
// Hint: A zero before S does not change the number, so the same signature has a second
// spelling. Both halves have one length. Look at it before you cut.
//
// Fails:
//   - TestES256_Verify/a_zero_before_S_is_refused
package jwtbasics

import (
	"crypto/ecdsa"
	"crypto/sha256"
	"math/big"
)

func (k *ES256) Verify(input string, signature []byte) error {
	half := len(signature) / 2
	r := new(big.Int).SetBytes(signature[:half])
	s := new(big.Int).SetBytes(signature[half:])
	digest := sha256.Sum256([]byte(input))
	if !ecdsa.Verify(&k.private.PublicKey, digest[:], r, s) {
		return ErrSignature
	}
	return nil
}
