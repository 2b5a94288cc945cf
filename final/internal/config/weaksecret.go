package config

import (
	"bytes"
	"strings"
)

// isGuessable recognises a secret that is long enough and still no secret: an
// example from a document or a generator, a word over and over, a few keys of
// the keyboard. It can't recognise every one. What openssl rand makes never
// looks like this: the odds are below one in ten million.
func isGuessable(secret []byte) bool {
	return hasExample(secret) || isRepeated(secret) || hasFewBytes(secret)
}

// hasExample looks for words that belong into examples, in any case and with
// any separators.
func hasExample(secret []byte) bool {
	text := strings.NewReplacer("-", "", "_", "", " ", "", ".", "").Replace(strings.ToLower(string(secret)))
	for _, word := range []string{
		"changeme", "changethis", "replaceme", "placeholder", "example", "insecure", "donotuse", "default",
		"yoursecret", "your256bit", "yourown", "mysecret", "thesecret", "supersecret", "topsecret", "verysecret",
		"secretkey", "jwtsecret", "authsecret", "testsecret", "devsecret", "astringsecret", "signingkey",
		"password", "qwerty", "letmein", "loremipsum", "deadbeef", "0123456789", "1234567890", "abcdefgh",
	} {
		if strings.Contains(text, word) {
			return true
		}
	}
	return false
}

// isRepeated reports whether the secret is one part over and over.
func isRepeated(secret []byte) bool {
	for period := 1; period <= len(secret)/2; period++ {
		if bytes.Equal(secret[period:], secret[:len(secret)-period]) {
			return true
		}
	}
	return false
}

// hasFewBytes reports whether fewer than eight different bytes make up the
// secret. Random ones of 32 hexadecimal digits have about 14.
func hasFewBytes(secret []byte) bool {
	seen := map[byte]bool{}
	for _, b := range secret {
		seen[b] = true
	}
	return len(seen) < 8
}
