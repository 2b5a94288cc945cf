// Wrong: it counts bytes, and a Korean syllable has three.
//
// Hint: The len of a string is its number of bytes. How many characters does a
// person see in the row that fails?
//
// Fails:
//   - TestCheckPassword/128_characters_as_separate_letters
//   - TestCheckPassword/128_characters_of_three_bytes
//   - TestCheckPassword/seven_Hangul_syllables_are_21_bytes_and_too_short
//   - TestCheckPassword/seven_Hangul_syllables_as_14_separate_letters_are_still_seven
package accounts

import (
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

func CheckPassword(password string) error {
	if !utf8.ValidString(password) {
		return &RuleError{codeInvalidCharacters, "Send the password as valid UTF-8."}
	}
	switch n := len(norm.NFC.String(password)); {
	case n < minPasswordLength:
		return &RuleError{codeTooShort, "Use at least 8 characters."}
	case n > maxPasswordLength:
		return &RuleError{codeTooLong, "Use at most 128 characters."}
	}
	return nil
}
