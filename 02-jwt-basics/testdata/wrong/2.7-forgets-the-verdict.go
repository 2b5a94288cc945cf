// Wrong: The key's verdict is asked for and thrown away.
//
// Hint: Tokens that were changed on the way are believed. So the key's verdict decides
// nothing: it was not asked for, or its answer is dropped. In Go an error that nobody reads
// is no error.
//
// Fails:
//   - TestVerifyCompact/a_swapped_header_is_refused
//   - TestVerifyCompact/a_swapped_payload_is_refused
//   - TestVerifyCompact/the_payload_is_not_looked_at_before_the_signature
package jwtbasics

func VerifyCompact(key Key, token string) ([]byte, error) {
	parts, err := Split(token)
	if err != nil {
		return nil, err
	}
	if err := verifyHeader(key, parts.Header); err != nil {
		return nil, err
	}
	signature, err := DecodeSegment(parts.Signature)
	if err != nil {
		return nil, err
	}
	key.Verify(parts.SigningInput, signature)
	return DecodeSegment(parts.Payload)
}
