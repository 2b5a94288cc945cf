// Wrong: The key gets the signature as text, still encoded.
//
// Hint: Genuine tokens are refused, and so nothing is ever believed. The key compares
// bytes, and gets something else from you. Look at both arguments: in which form does
// each travel, and in which does the key make it?
//
// Fails:
//   - TestVerifyCompact/RFC_7515_appendix_A.1,_HS256
//   - TestVerifyCompact/RFC_7515_appendix_A.2,_RS256
//   - TestVerifyCompact/RFC_8037_appendix_A.4,_EdDSA
//   - TestVerifyCompact/a_line_break_after_the_token_is_refused
//   - TestVerifyCompact/a_signature_that_is_not_base64url_is_refused
//   - TestVerifyCompact/a_signed_payload_that_is_not_base64url_is_refused
package jwtbasics

func VerifyCompact(key Key, token string) ([]byte, error) {
	parts, err := Split(token)
	if err != nil {
		return nil, err
	}
	if err := verifyHeader(key, parts.Header); err != nil {
		return nil, err
	}
	if err := key.Verify(parts.SigningInput, []byte(parts.Signature)); err != nil {
		return nil, err
	}
	return DecodeSegment(parts.Payload)
}
