// Wrong: The signature is read in the ASN.1 form.
//
// Hint: Your function takes what OpenSSL writes, and not what a token carries.
// crypto/ecdsa has two ways to verify. In a token R and S stand side by side, 32 bytes
// each (RFC 7518 section 3.4).
//
// Fails:
//   - TestES256_Verify/RFC_7515_appendix_A.3
//   - TestES256_Verify/a_half_with_leading_zeros_is_accepted
//   - TestES256_Verify/the_ASN.1_form_is_refused
//   - TestES256_Verify_inACompactToken
package jwtbasics

import (
	"crypto/ecdsa"
	"crypto/sha256"
)

func (k *ES256) Verify(input string, signature []byte) error {
	digest := sha256.Sum256([]byte(input))
	if !ecdsa.VerifyASN1(&k.private.PublicKey, digest[:], signature) {
		return ErrSignature
	}
	return nil
}
