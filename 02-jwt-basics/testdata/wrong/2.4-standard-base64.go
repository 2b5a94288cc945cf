// Wrong: The segments are written in standard base64, with padding.
//
// Hint: The token has =, and it may have + and /. Those mean something else in a URL,
// and no verifier takes them. This package has a function that writes a segment.
//
// Fails:
//   - TestSignCompact/RFC_7515_appendix_A.1,_HS256
//   - TestSignCompact/RFC_7515_appendix_A.2,_RS256
//   - TestSignCompact/RFC_8037_appendix_A.4,_EdDSA
//   - TestSignCompact_leavesOutPadding
//   - TestSignCompact_signsTheTextThatIsSent
//   - TestSignCompact_usesTheURLAlphabet
package jwtbasics

import "encoding/base64"

func SignCompact(key Key, header, payload []byte) (string, error) {
	encode := base64.StdEncoding.EncodeToString
	input := encode(header) + "." + encode(payload)
	signature, err := key.Sign(input)
	if err != nil {
		return "", err
	}
	return input + "." + encode(signature), nil
}
