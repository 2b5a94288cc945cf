package logs

import (
	"crypto/hkdf"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
)

// accountInfo is what the key is for (RFC 5869 section 3.2).
const accountInfo = "authbook/log-account/v1"

// accountBytes are enough to tell accounts apart.
const accountBytes = 16

// AccountIDs are what the audit log calls accounts. People type passwords into
// the name field, so an id is a MAC: without the secret nobody can try out what
// was typed. A new secret gives new ids. The failures in the database are
// counted under other keys, which outlive a rotation.
type AccountIDs struct{ key []byte }

// NewAccountIDs derives their key from a secret.
func NewAccountIDs(secret []byte) (AccountIDs, error) {
	key, err := hkdf.Key(sha256.New, secret, nil, accountInfo, sha256.Size)
	return AccountIDs{key}, err
}

// Of returns the id of an account, given its folded name: 32 hexadecimal
// digits, the same for each attempt at one name.
func (a AccountIDs) Of(account string) string {
	mac := hmac.New(sha256.New, a.key)
	mac.Write([]byte(account))
	return hex.EncodeToString(mac.Sum(nil)[:accountBytes])
}
