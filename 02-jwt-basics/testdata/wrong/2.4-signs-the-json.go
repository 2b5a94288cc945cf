// Wrong: The JSON is signed, not the text that is sent.
//
// Hint: You sign the bytes before they are encoded. The other side gets the encoded
// text, and it signs again what it got. Which of your variables holds exactly what
// travels?
//
// Fails:
//   - TestSignCompact/RFC_7515_appendix_A.1,_HS256
//   - TestSignCompact/RFC_7515_appendix_A.2,_RS256
//   - TestSignCompact/RFC_8037_appendix_A.4,_EdDSA
//   - TestSignCompact_signsTheTextThatIsSent
package jwtbasics

func SignCompact(key Key, header, payload []byte) (string, error) {
	signature, err := key.Sign(string(header) + "." + string(payload))
	if err != nil {
		return "", err
	}
	return EncodeSegment(header) + "." + EncodeSegment(payload) + "." + EncodeSegment(signature), nil
}
