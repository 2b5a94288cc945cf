package jwtbasics

// SignCompact writes the JWS compact serialization of header and payload:
// both encoded, a dot between them, signed as they are, and the signature
// behind a second dot (RFC 7515 section 5.1). It is the caller who sees to it
// that the header names the key's own algorithm.
//
//workbook:exercise 2.4 TestSignCompact(_.*)?
func SignCompact(key Key, header, payload []byte) (string, error) {
	input := EncodeSegment(header) + "." + EncodeSegment(payload)
	signature, err := key.Sign(input)
	if err != nil {
		return "", err
	}
	return input + "." + EncodeSegment(signature), nil
}

// VerifyCompact returns the payload of a token that the key has signed (RFC
// 7515 section 5.2). Until the signature has been checked nothing of the
// payload is looked at, and with an error nothing of it is returned. The error
// is ErrMalformed, ErrHeader or ErrSignature.
//
//workbook:exercise 2.7 TestVerifyCompact(_.*)?
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
	if err := key.Verify(parts.SigningInput, signature); err != nil {
		return nil, err
	}
	return DecodeSegment(parts.Payload)
}

// verifyHeader decodes the header segment and checks it against the key.
func verifyHeader(key Key, segment string) error {
	header, err := DecodeSegment(segment)
	if err != nil {
		return err
	}
	return checkHeader(header, key.Alg())
}
