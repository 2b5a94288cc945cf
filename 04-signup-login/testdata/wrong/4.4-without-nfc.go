// Wrong: it calls Argon2 itself, and leaves out the NFC that Hash applies.
//
// Hint: The same word from another keyboard is another text until it is
// normalised. Compare the way that a password takes in Hash with the way it
// takes in yours.
//
// Fails:
//   - TestArgon2id_Verify/the_same_letters_from_another_keyboard
package accounts

import (
	"crypto/subtle"

	"golang.org/x/crypto/argon2"
)

func (a Argon2id) Verify(hash, password string) (bool, error) {
	stored, err := parsePHC(hash)
	if err != nil {
		return false, err
	}
	c := stored.cost
	key := argon2.IDKey([]byte(password), stored.salt, c.Passes, c.MemoryKiB, c.Threads, uint32(len(stored.key)))
	return subtle.ConstantTimeCompare(key, stored.key) == 1, nil
}
