// Wrong: a hash that can not be read is told as a wrong password.
//
// Hint: The user hears that the password is wrong, for ever, and no log says
// why. Two results come back from Verify. What is the second one for?
//
// Fails:
//   - TestArgon2id_Verify/a_bcrypt_hash_is_an_error
//   - TestArgon2id_Verify/an_empty_hash_is_an_error,_not_an_open_door
package accounts

import "crypto/subtle"

func (a Argon2id) Verify(hash, password string) (bool, error) {
	stored, err := parsePHC(hash)
	if err != nil {
		return false, nil
	}
	key := stored.cost.key(password, stored.salt, len(stored.key))
	return subtle.ConstantTimeCompare(key, stored.key) == 1, nil
}
