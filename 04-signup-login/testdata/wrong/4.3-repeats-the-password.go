// Wrong: its message repeats the password.
//
// Hint: Clients log what they are answered, and people paste it into a chat.
// Read your message as the log of a stranger would show it.
//
// Fails:
//   - TestCheckPassword/129_characters
//   - TestCheckPassword/seven_Hangul_syllables_are_21_bytes_and_too_short
//   - TestCheckPassword/seven_Hangul_syllables_as_14_separate_letters_are_still_seven
//   - TestCheckPassword/seven_characters
package accounts

import (
	"fmt"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

func CheckPassword(password string) error {
	if !utf8.ValidString(password) {
		return &RuleError{codeInvalidCharacters, "Send the password as valid UTF-8."}
	}
	switch n := utf8.RuneCountInString(norm.NFC.String(password)); {
	case n < minPasswordLength:
		return &RuleError{codeTooShort, fmt.Sprintf("The password %s is too short.", password)}
	case n > maxPasswordLength:
		return &RuleError{codeTooLong, fmt.Sprintf("The password %s is too long.", password)}
	}
	return nil
}
