package secretcompare

import (
	"go/ast"
	"slices"

	"example.com/authbook/internal/analyzers/secretname"
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
	a, b := secretname.Words(lastName(x)), secretname.Words(lastName(y))
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
