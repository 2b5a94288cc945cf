// Wrong: The input is given to Sum, which does not hash it.
//
// Hint: A hash is written to first and summed afterwards. Sum takes a buffer to append
// to, so you get your input back with the MAC of nothing behind it. That is why only the
// empty input is right.
//
// Fails:
//   - TestHS256_Sign/RFC_7515_appendix_A.1
//   - TestHS256_Sign/another_secret_gives_another_MAC
//   - TestKeyRing_RefreshMAC
package jwtbasics

import (
	"crypto/hmac"
	"crypto/sha256"
)

func (k *HS256) mac(input string) []byte {
	mac := hmac.New(sha256.New, k.secret())
	return mac.Sum([]byte(input))
}
