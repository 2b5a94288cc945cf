package secretcompare

import (
	"go/ast"
	"slices"

	"example.com/authbook/internal/analyzers/secretname"
	"example.com/authbook/internal/analyzers/trace"
)

// bare are words of what nobody may find in source.
var bare = []string{"secret", "password", "passwd", "passphrase", "apikey"}

// isPassword reports whether a name's words name what nobody may find in source.
func isPassword(name []string) bool {
	if len(name) == 0 {
		return false
	}
	last := name[len(name)-1]
	return slices.Contains(bare, last) || last == "key" && secretname.Is(name)
}

// typedTwice reports whether two values are what one person typed in one form:
// a password and its repetition, or the new one and the current one.
func typedTwice(x, y ast.Expr) bool {
	a, b := secretname.Words(trace.LastName(x)), secretname.Words(trace.LastName(y))
	if repeats(a) || repeats(b) {
		return true
	}
	return isPassword(a) && isPassword(b) && (replaces(a, b) || replaces(b, a))
}

// repeats reports whether a name's words name what is typed once more.
func repeats(name []string) bool {
	return hasAny(name, "confirm", "confirmation", "confirmed", "repeat", "repeated", "again", "retyped")
}

// replaces reports whether one name is of the new value and the other of the
// one before.
func replaces(name, before []string) bool {
	return hasAny(name, "new") && hasAny(before, "old", "current")
}

func hasAny(name []string, some ...string) bool {
	return slices.ContainsFunc(name, func(w string) bool { return slices.Contains(some, w) })
}

// isChallenge reports whether a value is the challenge of PKCE (RFC 7636), which
// is sent in the open.
func isChallenge(e ast.Expr) bool { return hasAny(secretname.Words(trace.LastName(e)), "challenge") }

// isCode reports whether a name's words are all that a one-time code is called
// in a function that checks one.
func isCode(name []string) bool { return len(name) == 1 && (name[0] == "code" || name[0] == "pin") }

// provesCode reports whether a function's name says that it checks a code that
// was sent to one person: CheckVerificationCode, verifyPin.
func provesCode(decl ast.Decl) bool {
	f, ok := decl.(*ast.FuncDecl)
	return ok && hasAny(secretname.Words(f.Name.Name),
		"verify", "verification", "otp", "totp", "mfa", "passcode", "pin")
}
