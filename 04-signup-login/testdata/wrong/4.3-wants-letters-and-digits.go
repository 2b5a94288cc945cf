// Wrong: it asks for a letter and a digit, as many sign-up forms do.
//
// Hint: The course's own example has no letter. Such rules make people write
// Password1; the notes name the standard that forbids them. Which rules does
// the doc comment name?
//
// Fails:
//   - TestCheckPassword/128_characters_as_separate_letters
//   - TestCheckPassword/128_characters_of_three_bytes
//   - TestCheckPassword/control_characters_are_characters
//   - TestCheckPassword/eight_Hangul_syllables
//   - TestCheckPassword/eight_emoji
//   - TestCheckPassword/eight_spaces
//   - TestCheckPassword/one_class_of_characters_is_enough
//   - TestCheckPassword/the_course's_example
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
	if !strings.ContainsFunc(password, unicode.IsLetter) || !strings.ContainsFunc(password, unicode.IsDigit) {
		return &RuleError{codeInvalidCharacters, "Use letters and digits."}
	}
	return nil
}
