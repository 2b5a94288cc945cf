package secretcompare

import (
	"go/ast"
	"regexp"
	"slices"
	"strings"
)

var (
	word         = regexp.MustCompile(`[A-Z]+(?:[a-z]+)?\d*|[a-z]+\d*`)
	abbreviation = regexp.MustCompile(`([A-Z]+)([A-Z][a-z])`)
)

// words splits a name into its words, in lower case and without numbers:
// "refreshTokenHash2" is refresh, token, hash.
func words(name string) []string {
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

// isSecret reports whether a name's words name a secret.
func isSecret(name []string) bool {
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
	case slices.Contains(hashes, last) && hasAny(name, open...):
		return false
	}
	return slices.Contains(nouns, last) || slices.Contains(nouns, strings.TrimSuffix(last, "s"))
}

// bare are words of what nobody may find in source.
var bare = []string{"secret", "password", "passwd", "passphrase", "apikey"}

// isPassword reports whether a name's words name what nobody may find in source.
func isPassword(name []string) bool {
	if len(name) == 0 {
		return false
	}
	last := name[len(name)-1]
	return slices.Contains(bare, last) || last == "key" && isSecret(name)
}

// typedTwice reports whether two values are what one person typed in one form:
// a password and its repetition, or the new one and the current one.
func typedTwice(x, y ast.Expr) bool {
	a, b := words(lastName(x)), words(lastName(y))
	if repeats(a) || repeats(b) {
		return true
	}
	return isPassword(a) && isPassword(b) && (replaces(a, b) || replaces(b, a))
}

// repeats reports whether a name's words name what is typed once more.
func repeats(name []string) bool {
	return hasAny(name, "confirm", "confirmation", "confirmed", "repeat", "repeated", "again", "retyped")
}

// replaces reports whether one name is of the new value and the other of the
// one before.
func replaces(name, before []string) bool {
	return hasAny(name, "new") && hasAny(before, "old", "current")
}

func hasAny(name []string, some ...string) bool {
	return slices.ContainsFunc(name, func(w string) bool { return slices.Contains(some, w) })
}
