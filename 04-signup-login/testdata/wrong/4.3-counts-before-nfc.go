// Wrong: it counts the letters as they were sent, before NFC joins them.
//
// Hint: Some keyboards send a syllable in two or three parts. Two people who
// see the same word must hear the same rule. Which form of the password is
// hashed in the end?
//
// Fails:
//   - TestCheckPassword/128_characters_as_separate_letters
//   - TestCheckPassword/seven_Hangul_syllables_as_14_separate_letters_are_still_seven
package accounts

import "unicode/utf8"

func CheckPassword(password string) error {
	if !utf8.ValidString(password) {
		return &RuleError{codeInvalidCharacters, "Send the password as valid UTF-8."}
	}
	switch n := utf8.RuneCountInString(password); {
	case n < minPasswordLength:
		return &RuleError{codeTooShort, "Use at least 8 characters."}
	case n > maxPasswordLength:
		return &RuleError{codeTooLong, "Use at most 128 characters."}
	}
	return nil
}
