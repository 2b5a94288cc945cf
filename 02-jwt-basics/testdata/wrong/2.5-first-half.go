// Wrong: The first half of the MAC is compared, and the rest is not.
//
// Hint: A wrong last byte passes. Half the bytes are half the work to guess twice over:
// 2 to the power 128 becomes 2 to the power 64. Shorter signatures end in a panic
// besides.
//
// Fails:
//   - TestHS256_Verify/a_MAC_with_a_byte_more_is_refused
//   - TestHS256_Verify/a_wrong_last_byte_is_refused
//   - TestHS256_Verify/no_MAC_is_refused
//   - TestHS256_Verify/one_byte_of_the_MAC_is_refused
//   - TestHS256_Verify/the_first_half_of_the_MAC_is_refused
//   - TestKeyRing_VerifyRefreshMAC/a_shorter_MAC_is_refused
//   - TestKeyRing_VerifyRefreshMAC/no_MAC_is_refused
package jwtbasics

import "crypto/hmac"

func (k *HS256) Verify(input string, signature []byte) error {
	half := len(k.mac(input)) / 2
	if !hmac.Equal(signature[:half], k.mac(input)[:half]) {
		return ErrSignature
	}
	return nil
}
