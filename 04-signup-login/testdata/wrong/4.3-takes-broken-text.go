// Wrong: it takes bytes that are not text.
//
// Hint: Go counts a broken byte as one character and goes on, and two different
// broken passwords could become one. Do you ask for valid text before you
// count? And does rule.go have a code for what is not?
//
// Fails:
//   - TestCheckPassword/invalid_UTF-8
package accounts

import (
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

func CheckPassword(password string) error {
	switch n := utf8.RuneCountInString(norm.NFC.String(password)); {
	case n < minPasswordLength:
		return &RuleError{codeTooShort, "Use at least 8 characters."}
	case n > maxPasswordLength:
		return &RuleError{codeTooLong, "Use at most 128 characters."}
	}
	return nil
}
