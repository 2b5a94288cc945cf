// Wrong: it hashes at the cost of today, not at the cost that the stored hash
// names.
//
// Hint: After the cost was raised, nobody with an old hash can log in. Verify
// has two costs at hand: one is the receiver. Where is the other?
//
// Fails:
//   - TestArgon2id_Verify/a_hash_of_another_cost,_with_its_own_cost
package accounts

import "crypto/subtle"

func (a Argon2id) Verify(hash, password string) (bool, error) {
	stored, err := parsePHC(hash)
	if err != nil {
		return false, err
	}
	key := a.key(password, stored.salt, len(stored.key))
	return subtle.ConstantTimeCompare(key, stored.key) == 1, nil
}
