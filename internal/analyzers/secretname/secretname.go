// Package secretname tells by a name whether it is the name of a secret.
package secretname

import (
	"regexp"
	"slices"
	"strings"
)

var (
	word         = regexp.MustCompile(`[A-Z]+(?:[a-z]+)?\d*|[a-z]+\d*`)
	abbreviation = regexp.MustCompile(`([A-Z]+)([A-Z][a-z])`)
)

// Words splits a name into its words, in lower case and without numbers:
// "refreshTokenHash2" is refresh, token, hash.
func Words(name string) []string {
	var all []string
	for _, w := range word.FindAllString(spaced(name), -1) {
		all = append(all, strings.ToLower(strings.TrimRight(w, "0123456789")))
	}
	return all
}

// spaced parts an abbreviation from the word behind it: "MACHex" is MAC Hex.
func spaced(name string) string {
	return abbreviation.ReplaceAllString(name, "$1 $2")
}

// The last word says what a thing is: a tokenID is an id.
var (
	nouns = []string{
		"secret", "password", "passwd", "passphrase", "passcode", "pass", "pwd", "pw", "mac", "hmac", "signature",
		"sig", "token", "jwt", "otp", "totp", "csrf", "xsrf", "apikey", "credential", "hash", "hashes", "digest",
		"authorization", "bearer",
	}
	hashes = []string{"hash", "digest"}
	// shapes say how a value is written, not what it is.
	shapes = []string{
		"hex", "bytes", "string", "str", "base64", "b64", "encoded", "raw", "text", "value", "input", "sum", "b", "s",
	}
	// keys are secret when one of these words is in front.
	keys = []string{
		"api", "secret", "private", "access", "auth", "signing", "session", "hmac", "encryption", "master", "admin",
	}
	// A hash of one of these is no secret.
	open = []string{
		"file", "content", "commit", "git", "asset", "image", "block", "schema", "tree", "checksum", "etag", "release",
		"binary",
	}
)

// Is reports whether a name's words name a secret.
func Is(name []string) bool {
	for len(name) > 1 && slices.Contains(shapes, name[len(name)-1]) {
		name = name[:len(name)-1]
	}
	if len(name) == 0 {
		return false
	}
	last := name[len(name)-1]
	switch {
	case last == "key":
		return len(name) > 1 && slices.Contains(keys, name[len(name)-2])
	case slices.Contains(hashes, last) && slices.ContainsFunc(name, isOpen):
		return false
	}
	return slices.Contains(nouns, last) || slices.Contains(nouns, strings.TrimSuffix(last, "s"))
}

func isOpen(word string) bool { return slices.Contains(open, word) }
