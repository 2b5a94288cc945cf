// Wrong: The signature is checked before the header.
//
// Hint: The header of another algorithm is refused only because its signature is wrong.
// A signature takes the most time of all checks, above all with RSA. Which check can say
// no for less?
//
// Fails:
//   - TestVerifyCompact/a_header_that_is_not_base64url_is_refused
//   - TestVerifyCompact/the_header_is_looked_at_before_the_signature
//   - TestVerifyCompact/the_word_Bearer_is_refused
package jwtbasics

func VerifyCompact(key Key, token string) ([]byte, error) {
	parts, err := Split(token)
	if err != nil {
		return nil, err
	}
	signature, err := DecodeSegment(parts.Signature)
	if err != nil {
		return nil, err
	}
	if err := key.Verify(parts.SigningInput, signature); err != nil {
		return nil, err
	}
	if err := verifyHeader(key, parts.Header); err != nil {
		return nil, err
	}
	return DecodeSegment(parts.Payload)
}
