// Wrong: Only as many bytes are compared as the signature has.
//
// Hint: A signature of one byte passes in one of 256 tries, and an empty one always:
// your loop runs over what the stranger sent. Whose length should decide? And a longer
// one ends in a panic.
//
// Fails:
//   - TestHS256_Verify/a_MAC_with_a_byte_more_is_refused
//   - TestHS256_Verify/no_MAC_is_refused
//   - TestHS256_Verify/one_byte_of_the_MAC_is_refused
//   - TestHS256_Verify/the_first_half_of_the_MAC_is_refused
//   - TestHS256_Verify_comparesInConstantTime
//   - TestKeyRing_VerifyRefreshMAC/a_shorter_MAC_is_refused
//   - TestKeyRing_VerifyRefreshMAC/no_MAC_is_refused
package jwtbasics

func (k *HS256) Verify(input string, signature []byte) error {
	mac := k.mac(input)
	var difference byte
	for i := range signature {
		difference |= signature[i] ^ mac[i]
	}
	if difference != 0 {
		return ErrSignature
	}
	return nil
}
