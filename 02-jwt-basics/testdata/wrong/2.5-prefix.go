// Wrong: The signature passes when the right MAC begins with it.
//
// Hint: A part of the MAC is as good as the whole here, even a part of no bytes.
// Each byte less makes a guess take 256 times fewer tries.
//
// Fails:
//   - TestHS256_Verify/no_MAC_is_refused
//   - TestHS256_Verify/one_byte_of_the_MAC_is_refused
//   - TestHS256_Verify/the_first_half_of_the_MAC_is_refused
//   - TestHS256_Verify_comparesInConstantTime
//   - TestKeyRing_VerifyRefreshMAC/a_shorter_MAC_is_refused
//   - TestKeyRing_VerifyRefreshMAC/no_MAC_is_refused
package jwtbasics

import "bytes"

func (k *HS256) Verify(input string, signature []byte) error {
	if !bytes.HasPrefix(k.mac(input), signature) {
		return ErrSignature
	}
	return nil
}
