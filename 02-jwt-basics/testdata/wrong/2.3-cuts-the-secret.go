// Wrong: Only the first 32 bytes of the secret are used.
//
// Hint: Secrets of 32 bytes work, and the RFC's own, which has 64, does not. HMAC takes
// a key of any length. Thirty-two is the least, not the most.
//
// Fails:
//   - TestHS256_Sign/RFC_7515_appendix_A.1
package jwtbasics

import (
	"crypto/hmac"
	"crypto/sha256"
)

func (k *HS256) mac(input string) []byte {
	mac := hmac.New(sha256.New, k.secret()[:MinSecretBytes])
	mac.Write([]byte(input))
	return mac.Sum(nil)
}
