// Wrong: a token that is refused goes to the log, where others can read it.
//
// Hint: The failing rows were answered right. Look at what else your code did
// with the token. Who reads the log of a server, and what could they do with a
// token that is refused today and was good yesterday?
//
// Fails:
//   - TestVerifyCompact/a_header_of_another_algorithm_is_refused,_signature_or_not
//   - TestVerifyCompact/a_header_that_is_not_base64url_is_refused
//   - TestVerifyCompact/a_line_break_after_the_token_is_refused
//   - TestVerifyCompact/a_signature_that_is_not_base64url_is_refused
//   - TestVerifyCompact/a_signed_payload_that_is_not_base64url_is_refused
//   - TestVerifyCompact/a_swapped_header_is_refused
//   - TestVerifyCompact/a_swapped_payload_is_refused
//   - TestVerifyCompact/no_signature_is_refused
//   - TestVerifyCompact/the_header_is_looked_at_before_the_signature
//   - TestVerifyCompact/the_payload_is_not_looked_at_before_the_signature
//   - TestVerifyCompact/the_word_Bearer_is_refused
package jwtbasics

import "log"

func VerifyCompact(key Key, token string) (payload []byte, err error) {
	defer func() {
		if err != nil {
			log.Printf("token refused: %s", token)
		}
	}()
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
	if err := key.Verify(parts.SigningInput, signature); err != nil {
		return nil, err
	}
	return DecodeSegment(parts.Payload)
}
