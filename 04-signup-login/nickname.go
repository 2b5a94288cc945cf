package accounts

import (
	"unicode/utf8"

	"golang.org/x/text/secure/precis"
)

// NormalizeNickname returns the nickname as it is stored: the enforced form of
// the Nickname profile (RFC 8266 section 2), which keeps case, trims and joins
// spaces and maps compatibility forms. It has 1 to 32 code points after that.
// The error is a [RuleError].
func NormalizeNickname(name string) (string, error) {
	stored, err := precis.Nickname.String(name)
	if err != nil {
		return "", &RuleError{codeInvalidCharacters,
			"Use letters, digits, punctuation, symbols and spaces; not only spaces, and no control or invisible characters."}
	}
	if utf8.RuneCountInString(stored) > maxNameLength {
		return "", errNameLength
	}
	return stored, nil
}
