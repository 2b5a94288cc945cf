// Wrong: The payload comes back together with the error.
//
// Hint: The error is right, and beside it lies the payload of a forged token. A caller
// who forgets the error works with it. With an error there is nothing to hand out.
//
// Fails:
//   - TestVerifyCompact_withAnErrorNoPayloadComesBack
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
	verdict := key.Verify(parts.SigningInput, signature)
	payload, err := DecodeSegment(parts.Payload)
	if verdict != nil {
		return payload, verdict
	}
	return payload, err
}
