// Wrong: A signature that can't be decoded is taken for an empty one.
//
// Hint: The token is refused, but for the wrong reason. You drop the error of decoding,
// and the key then judges an empty signature. Better that it is never asked.
//
// Fails:
//   - TestVerifyCompact/a_line_break_after_the_token_is_refused
//   - TestVerifyCompact/a_signature_that_is_not_base64url_is_refused
package jwtbasics

func VerifyCompact(key Key, token string) ([]byte, error) {
	parts, err := Split(token)
	if err != nil {
		return nil, err
	}
	if err := verifyHeader(key, parts.Header); err != nil {
		return nil, err
	}
	signature, _ := DecodeSegment(parts.Signature)
	if err := key.Verify(parts.SigningInput, signature); err != nil {
		return nil, err
	}
	return DecodeSegment(parts.Payload)
}
