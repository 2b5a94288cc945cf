package term

import (
	"strconv"
	"strings"
	"unicode"
)

// Visible is a stranger's text as a terminal may print it. What the terminal would
// obey, or would not show, is written out: "\x1b", "\u202e".
func Visible(text string) string {
	var b strings.Builder
	for _, r := range text {
		if r == '\n' || r == '\t' || unicode.IsPrint(r) {
			b.WriteRune(r)
			continue
		}
		b.WriteString(strings.Trim(strconv.QuoteRune(r), "'"))
	}
	return b.String()
}
