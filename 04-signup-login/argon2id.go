package accounts

import (
	"crypto/rand"
	"crypto/subtle"
	"fmt"
	"strings"

	"golang.org/x/crypto/argon2"
	"golang.org/x/text/unicode/norm"
)

// Hasher hashes passwords. [Argon2id] is the one the server uses; the tests
// count its calls.
type Hasher interface {
	// Hash returns a new hash with a salt of its own.
	Hash(password string) string
	// Verify reports whether the hash is of the password. An error means that
	// the stored hash can't be read, whatever the password.
	Verify(hash, password string) (bool, error)
	// Outdated reports whether Hash would spend another amount of work today.
	Outdated(hash string) bool
	// Dummy returns a hash that costs as much to verify as any other and that
	// no password has. It is what a name that does not exist is checked against.
	Dummy() string
}

// The lengths of a new hash, in bytes (RFC 9106 section 3.1 and 4).
const (
	saltLength = 16
	keyLength  = 32
)

// Argon2id is the cost of a hash (RFC 9106). Passwords are hashed in NFC, so
// that the same password from two keyboards is one password, and whole: they
// are never trimmed or cut.
type Argon2id struct {
	MemoryKiB uint32
	Passes    uint32
	Threads   uint8
}

// ProductionCost is 7 MiB and five passes on one thread: of the five costs that the
// OWASP Password Storage Cheat Sheet calls equally strong, the one that takes the
// least memory.
func ProductionCost() Argon2id {
	return Argon2id{MemoryKiB: 7 * 1024, Passes: 5, Threads: 1}
}

// Hash returns a PHC string such as
// $argon2id$v=19$m=7168,t=5,p=1$<salt>$<key>.
func (a Argon2id) Hash(password string) string {
	salt := make([]byte, saltLength)
	rand.Read(salt) // never fails (Go 1.24)
	return phc{a, salt, a.key(password, salt, keyLength)}.String()
}

// Verify hashes the password with the salt and the cost that the stored hash
// names, and compares in constant time.
//
//workbook:exercise 4.4 TestArgon2id_Verify(_.*)?
func (a Argon2id) Verify(hash, password string) (bool, error) {
	stored, err := parsePHC(hash)
	if err != nil {
		return false, err
	}
	key := stored.cost.key(password, stored.salt, len(stored.key))
	return subtle.ConstantTimeCompare(key, stored.key) == 1, nil
}

// Outdated reports whether the hash was made at another cost than a.
func (a Argon2id) Outdated(hash string) bool {
	return !strings.HasPrefix(hash, a.prefix())
}

// Dummy returns a constant: salt and key of zero bytes. To find a password
// with that key is as hard as to invert Argon2id.
func (a Argon2id) Dummy() string {
	return phc{a, make([]byte, saltLength), make([]byte, keyLength)}.String()
}

// DummyLike is Dummy at the cost of a stored hash.
func DummyLike(hash string) (string, error) {
	stored, err := parsePHC(hash)
	if err != nil {
		return "", err
	}
	return stored.cost.Dummy(), nil
}

func (a Argon2id) key(password string, salt []byte, length int) []byte {
	return argon2.IDKey(norm.NFC.Bytes([]byte(password)), salt, a.Passes, a.MemoryKiB, a.Threads, uint32(length))
}

func (a Argon2id) prefix() string {
	return fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=%d$", argon2.Version, a.MemoryKiB, a.Passes, a.Threads)
}
