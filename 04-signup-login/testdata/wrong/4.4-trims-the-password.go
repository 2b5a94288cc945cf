// Wrong: it takes the spaces off the ends of what was typed.
//
// Hint: Two different texts open the same account. What do you do to the
// password before it is hashed, and did Hash do the same?
//
// Fails:
//   - TestArgon2id_Verify/spaces_around_it
package accounts

import (
	"crypto/subtle"
	"strings"
)

func (a Argon2id) Verify(hash, password string) (bool, error) {
	stored, err := parsePHC(hash)
	if err != nil {
		return false, err
	}
	key := stored.cost.key(strings.TrimSpace(password), stored.salt, len(stored.key))
	return subtle.ConstantTimeCompare(key, stored.key) == 1, nil
}
