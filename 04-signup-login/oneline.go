package accounts

import (
	"strings"
	"unicode"
)

// maxLine is how many characters OneLine returns at most.
const maxLine = 40

// OneLine returns what a stranger typed in a form that may stand in one line of a
// log, or in the subject of an e-mail.
//
// Each character that [unicode.IsPrint] does not know becomes a question mark: line
// breaks, the escape that colours a terminal, the mark that turns the direction of a
// text. A byte that is no UTF-8 becomes U+FFFD, the sign of Unicode for it. All other
// characters stay, in every script. A text of more than 40 characters is cut to 39
// and ends in "…".
//
//workbook:exercise 4.13
func OneLine(text string) string {
	line := []rune(strings.Map(printable, text))
	if len(line) > maxLine {
		line = append(line[:maxLine-1], '…')
	}
	return string(line)
}

// printable returns a character, or a question mark for one that shows nothing.
func printable(r rune) rune {
	if unicode.IsPrint(r) {
		return r
	}
	return '?'
}
