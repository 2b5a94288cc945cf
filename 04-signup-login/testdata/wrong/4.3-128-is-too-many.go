// Wrong: it refuses a password of exactly 128 characters.
//
// Hint: The doc comment says 8 to 128, both included. Look at your comparison
// with the upper bound.
//
// Fails:
//   - TestCheckPassword/128_characters_as_separate_letters
//   - TestCheckPassword/128_characters_of_three_bytes
package accounts

import (
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
	case n >= maxPasswordLength:
		return &RuleError{codeTooLong, "Use at most 128 characters."}
	}
	return nil
}
