package course

import (
	"regexp"
	"strings"

	"github.com/rogpeppe/go-internal/diff"
)

// diffHead is a line of a diff that stands above the lines of the texts.
var diffHead = regexp.MustCompile(`^(diff |--- a|\+\+\+ b|@@)`)

// Diff is the difference of two texts, without the lines above it.
func Diff(before, after string) string {
	var b strings.Builder
	for text := range strings.Lines(string(diff.Diff("a", []byte(before+"\n"), "b", []byte(after+"\n")))) {
		if !diffHead.MatchString(text) {
			b.WriteString(text)
		}
	}
	return b.String()
}
