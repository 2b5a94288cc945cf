// Package csp helps to write a Content-Security-Policy (CSP Level 3).
package csp

import (
	"crypto/sha256"
	"encoding/base64"
)

// Hash returns the source expression that allows one inline script or style, and
// no other: 'sha256-…', with its quotes (section 2.3.1).
func Hash(element []byte) string {
	sum := sha256.Sum256(element)
	return "'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"
}
