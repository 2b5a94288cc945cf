// Wrong: it hashes the password once more and compares the two texts with ==.
//
// Hint: Hash draws a new salt each time, so the same password gives another
// text. Whose salt must you use to get the same key again? Then compare the
// keys, in constant time.
//
// Fails:
//   - TestArgon2id_Verify/a_hash_of_another_cost,_with_its_own_cost
//   - TestArgon2id_Verify/a_hash_with_a_shorter_key
//   - TestArgon2id_Verify/the_right_password
//   - TestArgon2id_Verify/the_right_password_of_75_bytes
//   - TestArgon2id_Verify/the_same_letters_from_another_keyboard
//   - TestArgon2id_Verify_comparesInConstantTime
package accounts

func (a Argon2id) Verify(hash, password string) (bool, error) {
	if _, err := parsePHC(hash); err != nil {
		return false, err
	}
	return a.Hash(password) == hash, nil
}
