package accounts

import (
	"encoding/base64"
	"errors"
	"fmt"
	"strings"
)

// The most that a stored hash may ask for. A hash comes from the database, and
// a hostile or damaged one must not exhaust the server. The second choice of
// RFC 9106 section 4 (64 MiB, 3 passes, 4 threads) is still within.
const (
	maxPHCLength = 256 // bytes
	maxMemoryKiB = 64 * 1024
	maxPasses    = 16
	maxThreads   = 4
)

// errBadHash says nothing of the hash, because it ends in the log.
var errBadHash = errors.New("accounts: the stored hash is not an Argon2id PHC string within bounds")

// phc is a hash in parts. Its text is the PHC string format
// (https://github.com/P-H-C/phc-string-format).
type phc struct {
	cost Argon2id
	salt []byte
	key  []byte
}

func (p phc) String() string {
	b64 := base64.RawStdEncoding
	return p.cost.prefix() + b64.EncodeToString(p.salt) + "$" + b64.EncodeToString(p.key)
}

// parsePHC reads what String writes, and nothing else. Its parts are read
// leniently and then the whole is written again: leading zeros, line breaks in
// base64, other algorithms and versions all come out different.
func parsePHC(s string) (phc, error) {
	parts := strings.Split(s, "$") // "", argon2id, v=19, m=…,t=…,p=…, salt, key
	if len(s) > maxPHCLength || len(parts) != 6 {
		return phc{}, errBadHash
	}
	var p phc
	_, errCost := fmt.Sscanf(parts[3], "m=%d,t=%d,p=%d", &p.cost.MemoryKiB, &p.cost.Passes, &p.cost.Threads)
	var errSalt, errKey error
	p.salt, errSalt = base64.RawStdEncoding.DecodeString(parts[4])
	p.key, errKey = base64.RawStdEncoding.DecodeString(parts[5])
	if errors.Join(errCost, errSalt, errKey) != nil || !p.bounded() || p.String() != s {
		return phc{}, errBadHash
	}
	return p, nil
}

// CheckHash returns an error for a text that is not a hash as this server keeps
// them: an Argon2id PHC string within bounds. The error does not repeat it.
func CheckHash(hash string) error {
	_, err := parsePHC(hash)
	return err
}

// bounded reports whether the parts are within RFC 9106 section 3.1 and within
// what this server is ready to spend.
func (p phc) bounded() bool {
	c := p.cost
	return c.Threads >= 1 && c.Threads <= maxThreads &&
		c.Passes >= 1 && c.Passes <= maxPasses &&
		c.MemoryKiB >= 8*uint32(c.Threads) && c.MemoryKiB <= maxMemoryKiB &&
		len(p.salt) >= 8 && len(p.key) >= 16
}
