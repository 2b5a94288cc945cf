package vcs

import (
	"math"
	"regexp"
	"strings"
	"unicode"
)

// simple are the characters of secrets: what has quotes, braces or backslashes in it
// is code or JSON.
var simple = regexp.MustCompile(`^[\w+/=.~!@#%^&*?$-]+$`)

// isByChance reports whether a text looks made by chance: long, of letters and
// digits in a mix that no words have.
func isByChance(text string) bool {
	if len(text) < 16 || !simple.MatchString(text) || isID.MatchString(text) || isPhrase(text) ||
		isExample(text) {
		return false
	}
	kinds, pieces := kindsOf(text), len(piecesOf(text))
	if kinds['9'] > 0 {
		return kinds['a']+kinds['A'] > 0
	}
	return kinds['a'] > 0 && kinds['A'] > 0 && pieces*4 > len(text)
}

// isThoughtOf reports whether a text looks like a password that somebody has thought
// of: three of four kinds of characters, a digit among them.
func isThoughtOf(text string) bool {
	kinds := kindsOf(text)
	return len(text) >= 8 && simple.MatchString(text) && !isID.MatchString(text) && !isPlaceholder(text) &&
		len(kinds) >= 3 && kinds['9'] > 0 && (strings.ContainsAny(text, "!@#%^&*?+") || !isPhrase(text))
}

// isID is a path, a version, a date, a uuid, a variable: other things with digits.
var isID = regexp.MustCompile(`^[./~$%]|^v?\d+\.\d+|^[0-9a-f]{8}-[0-9a-f]{4}-|^[A-Z0-9]+(_[A-Z0-9]+)+$|` +
	`^\d[\d:TZ.+-]+$|\.(?:go|md|ts|js|json|ya?ml|sh|txt|diff|patch|html|sql|db|com|org|io)$`)

// isPhrase reports whether a text is words and numbers that are joined, as names of
// tests, files and packages are.
func isPhrase(text string) bool {
	for _, piece := range piecesOf(text) {
		if !plainWord.MatchString(piece) {
			return false
		}
	}
	return len(piecesOf(text))*3 <= len(text)
}

// plainWord is a word, perhaps with a number behind it, or a number.
var plainWord = regexp.MustCompile(`^(?:[A-Z]?[a-z]+\d{0,5}|[A-Z]+\d{0,3}|\d{1,8}|[A-Z]+s?)$`)

// piecesOf cuts a text where words begin: behind a sign, and before a capital.
func piecesOf(text string) []string {
	var b strings.Builder
	last := ' '
	for _, r := range text {
		if unicode.IsUpper(r) && unicode.IsLower(last) {
			b.WriteRune(' ')
		}
		b.WriteRune(r)
		last = r
	}
	return strings.FieldsFunc(b.String(), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
}

// kindsOf counts the kinds of characters: a, A, 9, and . for all others.
func kindsOf(text string) map[rune]int {
	kinds := map[rune]int{}
	for _, r := range text {
		switch {
		case unicode.IsDigit(r):
			kinds['9']++
		case unicode.IsUpper(r):
			kinds['A']++
		case unicode.IsLetter(r):
			kinds['a']++
		default:
			kinds['.']++
		}
	}
	return kinds
}

// isExample reports whether a text has no variety, or a long run of one character, as
// the values of examples do.
func isExample(text string) bool {
	run, last := 0, ' '
	for _, r := range text {
		if r != last {
			run, last = 0, r
		}
		if run++; run >= 10 {
			return true
		}
	}
	return bitsEach(text) <= 3.2
}

// bitsEach is the variety of a text in bits for each character.
func bitsEach(text string) float64 {
	counts := map[rune]float64{}
	for _, r := range text {
		counts[r]++
	}
	bits, all := 0.0, float64(len([]rune(text)))
	for _, n := range counts {
		bits -= n / all * math.Log2(n/all)
	}
	return bits
}
