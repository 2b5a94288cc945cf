// Wrong: The payload is decoded before the signature is checked.
//
// Hint: For a payload that is nonsense you say malformed, although nobody signed it. So
// a stranger's bytes are at work in your server before you know whose they are. What is
// the last thing to touch?
//
// Fails:
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
	payload, err := DecodeSegment(parts.Payload)
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
	return payload, nil
}
