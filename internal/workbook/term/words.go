package term

import (
	"fmt"
	"regexp"
)

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
func Indent(words string) string {
	return lineStart.ReplaceAllString(words, "    $1")
}
