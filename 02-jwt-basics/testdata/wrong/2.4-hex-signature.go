// Wrong: The signature is written in hexadecimal.
//
// Hint: What you sign is right, and the third segment is twice as long as it should be.
// All three segments are written alike.
//
// Fails:
//   - TestSignCompact/RFC_7515_appendix_A.1,_HS256
//   - TestSignCompact/RFC_7515_appendix_A.2,_RS256
//   - TestSignCompact/RFC_8037_appendix_A.4,_EdDSA
package jwtbasics

import "encoding/hex"

func SignCompact(key Key, header, payload []byte) (string, error) {
	input := EncodeSegment(header) + "." + EncodeSegment(payload)
	signature, err := key.Sign(input)
	if err != nil {
		return "", err
	}
	return input + "." + hex.EncodeToString(signature), nil
}
