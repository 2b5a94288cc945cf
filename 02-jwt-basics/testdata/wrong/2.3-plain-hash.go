// Wrong: Secret and input are hashed together, without HMAC.
//
// Hint: The secret is in there, so it looks signed. But SHA-256 of secret and text can
// be extended: from one token, somebody without the secret computes the hash of a longer
// one. The package with the construction that stops this is in the TODO's list of
// imports.
//
// Fails:
//   - TestHS256_Sign/RFC_7515_appendix_A.1
//   - TestHS256_Sign/an_empty_input_has_a_MAC_too
//   - TestHS256_Sign/another_secret_gives_another_MAC
//   - TestKeyRing_RefreshMAC
package jwtbasics

import "crypto/sha256"

func (k *HS256) mac(input string) []byte {
	sum := sha256.Sum256(append(k.secret()[:len(k.secret()):len(k.secret())], input...))
	return sum[:]
}
