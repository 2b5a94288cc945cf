package term

import (
	"fmt"
	"regexp"
)

// Count is a number of things: "1 row", "2 rows".
func Count(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}

// Texts are the texts of things that have one.
func Texts[T fmt.Stringer](all []T) []string {
	var out []string
	for _, t := range all {
		out = append(out, t.String())
	}
	return out
}

// lineStart is the first letter of a line that has one.
var lineStart = regexp.MustCompile(`(?m)^(.)`)

// Indent moves each line four columns to the right.
func Indent(text string) string {
	return lineStart.ReplaceAllString(text, "    $1")
}
