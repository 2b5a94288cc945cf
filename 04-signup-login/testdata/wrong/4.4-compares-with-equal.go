// Wrong: the keys are compared by a function that stops at the first
// difference.
//
// Hint: The verdict is right and its time is not: it tells how many bytes of a
// guess were right. Look at how the two keys are compared, and read on about
// constant time.
//
// Fails:
//   - TestArgon2id_Verify_comparesInConstantTime
package accounts

import "bytes"

func (a Argon2id) Verify(hash, password string) (bool, error) {
	stored, err := parsePHC(hash)
	if err != nil {
		return false, err
	}
	key := stored.cost.key(password, stored.salt, len(stored.key))
	return bytes.Equal(key, stored.key), nil
}
