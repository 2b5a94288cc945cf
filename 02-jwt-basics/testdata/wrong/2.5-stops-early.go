// Wrong: bytes.Equal compares, which may stop at the first difference.
//
// Hint: Every verdict is right, and still one row is red. The time your comparison takes
// may depend on how much of a guess was right. Two packages of the standard library
// compare secrets, whatever they hold, in the same time.
//
// Fails:
//   - TestHS256_Verify_comparesInConstantTime
package jwtbasics

import "bytes"

func (k *HS256) Verify(input string, signature []byte) error {
	if !bytes.Equal(signature, k.mac(input)) {
		return ErrSignature
	}
	return nil
}
