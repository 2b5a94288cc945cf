// Wrong: it takes bytes that are not text.
//
// Hint: Go counts a broken byte as one character and goes on. Two different
// broken passwords could become one later. Which package can tell you whether
// a string is valid?
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
