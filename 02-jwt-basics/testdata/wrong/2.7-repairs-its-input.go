// Wrong: Spaces and the word Bearer are cut off before the token is read.
//
// Hint: You tidy up first, so one token has many spellings. Bearer belongs to the HTTP
// header, and chapter 01 has taken it off already. A verifier judges what came.
//
// Fails:
//   - TestVerifyCompact/a_line_break_after_the_token_is_refused
//   - TestVerifyCompact/the_word_Bearer_is_refused
package jwtbasics

import "strings"

func VerifyCompact(key Key, token string) ([]byte, error) {
	parts, err := Split(strings.TrimSpace(strings.TrimPrefix(token, "Bearer ")))
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
