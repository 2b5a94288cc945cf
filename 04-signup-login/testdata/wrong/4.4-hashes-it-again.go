// Wrong: it makes a new hash and compares the two texts, which never match.
//
// Hint: Hash draws a new salt each time, so the same password gives another
// text. Whose salt must you use to get the same key again?
//
// Fails:
//   - TestArgon2id_Verify/a_hash_of_another_cost,_with_its_own_cost
//   - TestArgon2id_Verify/the_right_password
//   - TestArgon2id_Verify/the_right_password_of_75_bytes
//   - TestArgon2id_Verify/the_same_letters_from_another_keyboard
package accounts

import "crypto/subtle"

func (a Argon2id) Verify(hash, password string) (bool, error) {
	if _, err := parsePHC(hash); err != nil {
		return false, err
	}
	again := a.Hash(password)
	return subtle.ConstantTimeCompare([]byte(again), []byte(hash)) == 1, nil
}
