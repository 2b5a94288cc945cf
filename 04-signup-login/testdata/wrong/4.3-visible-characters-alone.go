// Wrong: it refuses characters that can not be seen.
//
// Hint: A name is shown to people, a password never is. What harm could a
// control character do in a text that is only hashed?
//
// Fails:
//   - TestCheckPassword/control_characters_are_characters
package accounts

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

func CheckPassword(password string) error {
	if !utf8.ValidString(password) {
		return &RuleError{codeInvalidCharacters, "Send the password as valid UTF-8."}
	}
	switch n := utf8.RuneCountInString(norm.NFC.String(password)); {
	case n < minPasswordLength:
		return &RuleError{codeTooShort, "Use at least 8 characters."}
	case n > maxPasswordLength:
		return &RuleError{codeTooLong, "Use at most 128 characters."}
	}
	if strings.ContainsFunc(password, func(r rune) bool { return !unicode.IsPrint(r) }) {
		return &RuleError{codeInvalidCharacters, "Use visible characters."}
	}
	return nil
}
