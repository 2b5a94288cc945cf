// Wrong: A token comes back although the key could not sign.
//
// Hint: A key can fail, for example one in a device that does not answer. What do you
// return then? A caller who checks the error must see it. One who forgets to check must
// hold nothing that looks like a token.
//
// Fails:
//   - TestSignCompact_withoutASignatureThereIsNoToken
package jwtbasics

func SignCompact(key Key, header, payload []byte) (string, error) {
	input := EncodeSegment(header) + "." + EncodeSegment(payload)
	signature, _ := key.Sign(input)
	return input + "." + EncodeSegment(signature), nil
}
