// Wrong: The header is never checked.
//
// Hint: The signature is right, so you are content, and a token that says alg none
// passes. The key would not have been fooled this time. The next reader of the same
// token may be. Which given function of compact.go do you not call?
//
// Fails:
//   - TestVerifyCompact/a_header_of_another_algorithm_is_refused,_signature_or_not
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
	return DecodeSegment(parts.Payload)
}
