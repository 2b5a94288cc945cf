// Wrong: The payload is decoded first, and comes back together with the verdict.
//
// Hint: Two things are wrong, and one order mends both. The payload is decoded before
// anybody vouched for it. And it comes back beside an error. Where in the function is the
// first line that may touch the payload?
//
// Fails:
//   - TestVerifyCompact/the_payload_is_not_looked_at_before_the_signature
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
	payload, err := DecodeSegment(parts.Payload)
	if err != nil {
		return nil, err
	}
	return payload, key.Verify(parts.SigningInput, signature)
}
