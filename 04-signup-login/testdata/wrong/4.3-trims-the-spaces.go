// Wrong: it counts the password without the spaces at its ends.
//
// Hint: A space is a character like any other. What is left of the row that
// fails when your code begins to count?
//
// Fails:
//   - TestCheckPassword/eight_spaces
package accounts

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

func CheckPassword(password string) error {
	if !utf8.ValidString(password) {
		return &RuleError{codeInvalidCharacters, "Send the password as valid UTF-8."}
	}
	switch n := utf8.RuneCountInString(norm.NFC.String(strings.TrimSpace(password))); {
	case n < minPasswordLength:
		return &RuleError{codeTooShort, "Use at least 8 characters."}
	case n > maxPasswordLength:
		return &RuleError{codeTooLong, "Use at most 128 characters."}
	}
	return nil
}
