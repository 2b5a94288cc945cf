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
	// A token with one of these words says where a list goes on.
	pages = []string{"page", "next", "cursor", "continuation"}
	// codes are secret when one of these words is in front: they were sent to one person.
	codes = []string{"otp", "totp", "mfa", "sms", "verification", "verify", "recovery", "backup", "reset", "activation"}
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
	name = withoutShape(name)
	if len(name) == 0 {
		return false
	}
	last, one := name[len(name)-1], strings.TrimSuffix(name[len(name)-1], "s")
	switch {
	case last == "key":
		return len(name) > 1 && slices.Contains(keys, name[len(name)-2])
	case one == "code":
		return len(name) > 1 && slices.Contains(codes, name[len(name)-2])
	case slices.Contains(hashes, last) && hasAny(name, open), one == "token" && hasAny(name, pages):
		return false
	}
	return slices.Contains(nouns, last) || slices.Contains(nouns, one)
}

// IsHash reports whether a name's words name a hash, whatever of.
func IsHash(name []string) bool {
	name = withoutShape(name)
	return len(name) > 0 && slices.Contains(hashes, name[len(name)-1])
}

func withoutShape(name []string) []string {
	for len(name) > 1 && slices.Contains(shapes, name[len(name)-1]) {
		name = name[:len(name)-1]
	}
	return name
}

func hasAny(name, some []string) bool {
	return slices.ContainsFunc(name, func(w string) bool { return slices.Contains(some, w) })
}
