// Wrong: it looks at the first 72 bytes of the password, as bcrypt does.
//
// Hint: Hash has read all 75 bytes of the password, so the right one is
// refused now. Does every byte that was typed reach your hash?
//
// Fails:
//   - TestArgon2id_Verify/the_right_password_of_75_bytes
package accounts

import "crypto/subtle"

func (a Argon2id) Verify(hash, password string) (bool, error) {
	stored, err := parsePHC(hash)
	if err != nil {
		return false, err
	}
	if len(password) > 72 {
		password = password[:72]
	}
	key := stored.cost.key(password, stored.salt, len(stored.key))
	return subtle.ConstantTimeCompare(key, stored.key) == 1, nil
}
