package accounts

import (
	"strconv"
	"unicode/utf16"
	"unicode/utf8"
)

// hasLoneSurrogate reports whether JSON text has an escape \uD800 to \uDFFF
// that is not half of a pair (RFC 8259 section 8.2). encoding/json would put
// U+FFFD in its place, and two different passwords would become one.
func hasLoneSurrogate(text []byte) bool {
	for i := 0; i < len(text); i++ {
		if text[i] != '\\' {
			continue
		}
		first, second := codeUnit(text, i), codeUnit(text, i+6)
		switch {
		case !utf16.IsSurrogate(first):
			i++ // past the escape's letter, which may be a backslash
		case utf16.DecodeRune(first, second) == utf8.RuneError:
			return true
		default:
			i += 11
		}
	}
	return false
}

// codeUnit returns the code unit of the escape \uXXXX at i, and 0 if there is
// none.
func codeUnit(text []byte, i int) rune {
	if i+6 > len(text) || text[i] != '\\' || text[i+1] != 'u' {
		return 0
	}
	n, err := strconv.ParseUint(string(text[i+2:i+6]), 16, 16)
	if err != nil {
		return 0
	}
	return rune(n)
}
