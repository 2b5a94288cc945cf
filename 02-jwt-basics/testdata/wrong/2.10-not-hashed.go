// Wrong: The input is verified without being hashed.
//
// Hint: Genuine signatures are refused. ECDSA signs a number of 32 bytes, and your input
// is longer. What does Sign do with it first?
//
// Fails:
//   - TestES256_Verify/RFC_7515_appendix_A.3
//   - TestES256_Verify/a_half_with_leading_zeros_is_accepted
//   - TestES256_Verify_inACompactToken
package jwtbasics

import (
	"crypto/ecdsa"
	"math/big"
)

func (k *ES256) Verify(input string, signature []byte) error {
	if len(signature) != 2*es256Half {
		return ErrSignature
	}
	r := new(big.Int).SetBytes(signature[:es256Half])
	s := new(big.Int).SetBytes(signature[es256Half:])
	if !ecdsa.Verify(&k.private.PublicKey, []byte(input), r, s) {
		return ErrSignature
	}
	return nil
}
