package accounts

import (
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// The length of a password, in code points after NFC.
const (
	minPasswordLength = 8
	maxPasswordLength = 128
)

// CheckPassword says whether a new password may be used: valid UTF-8 of 8 to
// 128 code points, counted in NFC, the form that is hashed. There is no rule
// on composition (NIST SP 800-63B section 3.1.1.2): any character counts,
// spaces too. The error is a [RuleError].
//
//workbook:exercise 4.3
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
	return nil
}

// SamplePassword is the password of the course that this book follows. Every
// list of common passwords has it. It may be chosen all the same: see
// docs/decisions/0001-password-rules.md.
const SamplePassword = "12341234"

// HashPassword checks a new password and hashes it.
func HashPassword(h Hasher, password string) (string, error) {
	if err := CheckPassword(password); err != nil {
		return "", err
	}
	return h.Hash(password), nil
}

// maxPasswordBytes is what the longest password takes in its longest spelling:
// no code point decomposes into more than four, and none has more than four
// bytes.
const maxPasswordBytes = 4 * 4 * maxPasswordLength

// checkNewPassword is CheckPassword, but does not normalise what is too long in
// any form, and refuses what is common, also with digits or signs around it.
func checkNewPassword(password string, common func(string) bool) error {
	if len(password) > maxPasswordBytes {
		return &RuleError{codeTooLong, "Use at most 128 characters."}
	}
	if err := CheckPassword(password); err != nil {
		return err
	}
	if common != nil && (common(password) || common(core(password))) {
		return &RuleError{codeTooCommon, "This is among the first passwords that guessers try. " +
			"Choose another, such as four words that have nothing to do with each other."}
	}
	return nil
}
