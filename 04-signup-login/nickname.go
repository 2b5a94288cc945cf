package accounts

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/secure/precis"
)

// NormalizeNickname returns the nickname as it is stored: the enforced form of
// the Nickname profile (RFC 8266 section 2), which keeps case, trims and joins
// spaces and maps compatibility forms. It has 1 to 32 code points after that,
// and none of them is blank or a mark with no letter before it: a nickname must
// not look empty, or like another one. The error is a [RuleError].
func NormalizeNickname(name string) (string, error) {
	if len(name) > maxNameBytes {
		return "", errNameLength
	}
	stored, err := precis.Nickname.String(name)
	if err != nil || hasJoiner(stored) || looseMark(stored) || strings.ContainsRune(stored, brailleBlank) {
		return "", &RuleError{codeInvalidCharacters,
			"Use letters, digits, punctuation, symbols and spaces; not only spaces, and no control or invisible characters."}
	}
	if utf8.RuneCountInString(stored) > maxNameLength {
		return "", errNameLength
	}
	return stored, nil
}

// brailleBlank is a symbol to Unicode and a space to the eye.
const brailleBlank = '\u2800'

// hasJoiner reports whether a name has a zero-width joiner or non-joiner. PRECIS
// allows them where a script joins letters (RFC 5892 appendix A), but nobody
// sees them there either: with and without one would be two people.
func hasJoiner(name string) bool { return strings.ContainsAny(name, "\u200c\u200d") }

// looseMark reports whether a mark begins a word, and so would sit on the space
// before it.
func looseMark(name string) bool {
	for word := range strings.SplitSeq(name, " ") {
		if first, _ := utf8.DecodeRuneInString(word); unicode.Is(unicode.M, first) {
			return true
		}
	}
	return false
}
