package secretcompare

import (
	"go/ast"
	"regexp"
	"slices"
	"strings"
)

// words splits a name into its words, in lower case: "refreshTokenHash" is
// refresh, token, hash.
func words(name string) []string {
	var all []string
	for _, w := range regexp.MustCompile(`[A-Z]+(?:[a-z]+)?\d*|[a-z]+\d*`).FindAllString(spaced(name), -1) {
		all = append(all, strings.ToLower(w))
	}
	return all
}

// spaced parts an abbreviation from the word behind it: "MACHex" is MAC Hex.
func spaced(name string) string {
	return regexp.MustCompile(`([A-Z]+)([A-Z][a-z])`).ReplaceAllString(name, "$1 $2")
}

// The last word says what a thing is: a tokenID is an id.
var (
	nouns = []string{
		"secret", "secrets", "password", "passwd", "passphrase", "passcode", "pass", "pwd", "pw", "mac", "hmac", "signature", "sig",
		"token", "jwt", "otp", "totp", "csrf", "xsrf", "apikey", "credential", "credentials", "hash", "digest", "authorization", "bearer",
	}
	hashes = []string{"hash", "digest"}
	// shapes say how a value is written, not what it is.
	shapes = []string{"hex", "bytes", "string", "str", "base64", "b64", "encoded", "raw", "text", "value", "input", "sum", "b", "s"}
	// keys are secret when one of these words is in front.
	keys = []string{"api", "secret", "private", "access", "auth", "signing", "session", "hmac", "encryption", "master", "admin"}
	// A hash of one of these is no secret.
	open = []string{"file", "content", "commit", "git", "asset", "image", "block", "schema", "tree", "checksum", "etag", "release", "binary"}
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
	case slices.Contains(hashes, last) && slices.ContainsFunc(name, func(w string) bool { return slices.Contains(open, w) }):
		return false
	}
	return slices.Contains(nouns, last)
}

// isPassword reports whether a name's words name what nobody may find in source.
func isPassword(name []string) bool {
	last := name[max(len(name)-1, 0):]
	return slices.ContainsFunc(last, func(w string) bool {
		return slices.Contains([]string{"secret", "password", "passwd", "passphrase", "apikey"}, w)
	}) || len(name) > 1 && last[0] == "key" && isSecret(name)
}

// twice reports whether an expression is a password that somebody typed again,
// to be compared with what the same person typed before.
func twice(e ast.Expr) bool {
	var name string
	switch e := ast.Unparen(e).(type) {
	case *ast.Ident:
		name = e.Name
	case *ast.SelectorExpr:
		name = e.Sel.Name
	}
	return slices.ContainsFunc(words(name), func(w string) bool {
		return slices.Contains([]string{"confirm", "confirmation", "confirmed", "repeat", "repeated", "again", "retyped"}, w)
	})
}
