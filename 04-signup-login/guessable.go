package accounts

import (
	"crypto/subtle"
	"slices"
	"strings"
	"unicode"

	"example.com/authbook/internal/problem"
	"github.com/go-playground/validator/v10"
	"golang.org/x/text/unicode/norm"
)

// core is the password without the digits, signs and blanks at its ends. People
// put them there to please a rule, and guessers know it.
func core(password string) string {
	return strings.TrimFunc(norm.NFC.String(password), func(r rune) bool { return !unicode.IsLetter(r) })
}

// isNamed reports whether the password is the username, in any spelling, as it is
// or in its core. Spaces don't count.
func isNamed(password, username string) bool {
	_, name, err := NormalizeUsername(username)
	if err != nil || len(password) > maxPasswordBytes {
		return false
	}
	unspaced := func(name string) string { return strings.ReplaceAll(name, " ", "") }
	return unspaced(name) == unspaced(accountKey(password)) || unspaced(name) == unspaced(accountKey(core(password)))
}

// tagUnnamed is what a sign-up breaks whose password is the name.
const tagUnnamed = "unnamed"

// checkNames is the validation of a sign-up as a whole.
func checkNames(level validator.StructLevel) {
	in, _ := level.Current().Interface().(signUpRequest)
	if isNamed(in.Password, in.Username) {
		level.ReportError(in.Password, "password", "Password", tagUnnamed, "")
	}
}

// checkChange says what is wrong with a new password for the caller, beside what
// is wrong with it for anybody.
func (s *Service) checkChange(in changePasswordRequest, caller Caller) error {
	isSample := s.config.Sample != "" && samePassword(in.NewPassword, s.config.Sample)
	if isSample && slices.Contains(caller.Roles, RoleAdmin) {
		return problem.Invalid(problem.Field{Field: "newPassword", Code: codeTooCommon,
			Message: "This is the sample password of the course. Choose another: you are an administrator."})
	}
	if isNamed(in.NewPassword, caller.Username) {
		return problem.Invalid(problem.Field{Field: "newPassword", Code: codeLikeName, Message: likeName})
	}
	if samePassword(in.NewPassword, in.CurrentPassword) {
		return problem.Invalid(problem.Field{Field: "newPassword", Code: codeUnchanged,
			Message: "Choose a password that is not the one you have."})
	}
	return nil
}

const likeName = "Choose a password that is not your username, also with digits or signs around it."

// samePassword compares two passwords in the form that is hashed.
func samePassword(a, b string) bool {
	if len(a) > maxPasswordBytes || len(b) > maxPasswordBytes {
		return false
	}
	return subtle.ConstantTimeCompare([]byte(norm.NFC.String(a)), []byte(norm.NFC.String(b))) == 1
}
