// Wrong: A token comes back although the key could not sign.
//
// Hint: A key can fail, for example one in a device that does not answer. You hand out
// the token without its signature then, and say nothing. What should a caller get who
// checks the error, and one who forgets to?
//
// Fails:
//   - TestSignCompact_withoutASignatureThereIsNoToken
package jwtbasics

func SignCompact(key Key, header, payload []byte) (string, error) {
	input := EncodeSegment(header) + "." + EncodeSegment(payload)
	signature, _ := key.Sign(input)
	return input + "." + EncodeSegment(signature), nil
}
