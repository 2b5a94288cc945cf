package token

import (
	"crypto/sha256"
	"encoding/hex"
)

// Sum returns the SHA-256 of s in hex.
//
//workbook:exercise 2.1
func Sum(s string) string {
	sum := sha256.Sum256([]byte(s))
	return hex.EncodeToString(sum[:])
}

// Same reports whether s has the sum.
//
//workbook:exercise 2.2
func Same(s, sum string) bool {
	return Sum(s) == sum
}
