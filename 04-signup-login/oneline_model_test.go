package accounts

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// lineModel is OneLine, written another way, with one flaw or none.
func lineModel(flaw, text string) string {
	var line strings.Builder
	characters := utf8.RuneCountInString(text)
	limit := lineLimit(flaw, text)
	for i, r := range []rune(text) {
		if characters > limit && i == limit-1 {
			if flaw != "cuts-silently" {
				line.WriteRune('…')
			}
			break
		}
		line.WriteString(lineCharacter(flaw, r))
	}
	if flaw == "keeps-broken-bytes" && !utf8.ValidString(text) {
		return text
	}
	return line.String()
}

// lineLimit is how many characters fit.
func lineLimit(flaw, text string) int {
	characters := utf8.RuneCountInString(text)
	switch {
	case flaw == "counts-bytes" && len(text) > 40:
		return min(40, characters-1)
	case flaw == "cuts-what-fits" && characters == 40:
		return 39
	case flaw == "keeps-one-more" && characters == 41:
		return 41
	}
	return 40
}

// lineCharacter is what one character becomes.
func lineCharacter(flaw string, r rune) string {
	kept := map[string]string{
		"keeps-the-return": "\r", "keeps-the-escape": "\x1b", "keeps-other-line-breaks": "\u2028\u2029\u0085",
		"keeps-the-direction": "\u202e\u202d\u2066\u2067\u2068\u2069",
	}[flaw]
	switch {
	case unicode.IsPrint(r) && flaw == "knows-ascii-alone" && r > unicode.MaxASCII && r != utf8.RuneError:
		return "?"
	case unicode.IsPrint(r), strings.ContainsRune(kept, r):
		return string(r)
	case flaw == "drops-them":
		return ""
	}
	return "?"
}
