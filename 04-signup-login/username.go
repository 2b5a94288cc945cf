package accounts

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/text/secure/bidirule"
	"golang.org/x/text/secure/precis"
	"golang.org/x/text/unicode/bidi"
	"golang.org/x/text/unicode/norm"
)

const (
	// maxNameLength is in code points, for usernames and nicknames alike.
	maxNameLength = 32
	// maxNameBytes is more than any spelling of such a name takes. Names come
	// from anybody, and to normalise a long one takes milliseconds.
	maxNameBytes = 32 * maxNameLength
)

// The profiles UsernameCasePreserved and UsernameCaseMapped of RFC 8265
// section 3, but for the bidi rule, which drawable applies. x/text's own
// profiles apply it to every name that is not ASCII, where the RFC asks it of
// names with right-to-left characters only: they refuse 2pm팬.
var (
	usernameAsWritten = precis.NewIdentifier(precis.FoldWidth, precis.Norm(norm.NFC))
	usernameFolded    = precis.NewIdentifier(precis.FoldWidth, precis.LowerCase(), precis.Norm(norm.NFC))
)

var (
	errNameLength = &RuleError{codeTooLong, "Use at most 32 characters."}
	errNameEmpty  = &RuleError{codeTooShort, "Use at least 1 character."}
	errNameSpaces = &RuleError{codeInvalidCharacters,
		"Use single spaces inside the name, and none at its ends."}
	errNameCharacters = &RuleError{codeInvalidCharacters,
		"Use letters, digits, ASCII punctuation other than the slash, and single spaces."}
)

// NormalizeUsername returns the name as it is shown and the key that makes it
// unique. Names that differ only by case, width or normal form have the same
// key, and a key is its own key. A name is 1 to 32 code points in parts with
// one space between; each part is an RFC 8265 username. It has no slash and is
// not . or .., because it becomes a segment of a path. The error is a
// [RuleError].
func NormalizeUsername(name string) (display, key string, err error) {
	if name == "" {
		return "", "", errNameEmpty
	}
	if len(name) > maxNameBytes {
		return "", "", errNameLength
	}
	var shown, folded []string
	for part := range strings.SplitSeq(name, " ") {
		s, f, err := normalizePart(part)
		if err != nil {
			return "", "", err
		}
		shown, folded = append(shown, s), append(folded, f)
	}
	display, key = strings.Join(shown, " "), strings.Join(folded, " ")
	// The key is measured too: İ becomes two code points.
	if utf8.RuneCountInString(display) > maxNameLength || utf8.RuneCountInString(key) > maxNameLength {
		return "", "", errNameLength
	}
	if strings.Contains(key, "/") || key == "." || key == ".." {
		return "", "", errNameCharacters
	}
	return display, key, nil
}

// normalizePart does what NormalizeUsername does for one part of a name.
func normalizePart(part string) (display, key string, err error) {
	if part == "" {
		return "", "", errNameSpaces
	}
	display, err = usernameAsWritten.String(part)
	if err != nil {
		return "", "", errNameCharacters
	}
	key, err = usernameFolded.String(part)
	if err != nil || !drawable(display) || !drawable(key) {
		return "", "", errNameCharacters
	}
	// σ and ς are both small Σ: without this ΝΊΚΟΣ could not log in as Νίκος.
	return display, strings.ReplaceAll(key, "ς", "σ"), nil
}

// drawable reports whether a part looks on the screen like what it is: it has
// no joiner and no mark that would sit on the space before it, and if it has
// right-to-left characters, it keeps the bidi rule of RFC 5893.
func drawable(part string) bool {
	keepsBidiRule := bidirule.DirectionString(part) != bidi.RightToLeft || bidirule.ValidString(part)
	return keepsBidiRule && !hasJoiner(part) && !looseMark(part)
}

// accountKey returns the key under which a name is looked up and failures are
// counted. A name that can't exist gets a key that no user can have, since it
// has a slash, so that it goes the same way as one that does not exist.
func accountKey(username string) string {
	_, key, err := NormalizeUsername(username)
	if err != nil {
		return "/" + digest(username)
	}
	return key
}
