package course

import (
	"strings"

	"github.com/rogpeppe/go-internal/diff"
)

// Diff is the difference of two texts, without the lines above it.
func Diff(before, after string) string {
	var b strings.Builder
	for text := range strings.Lines(string(diff.Diff("a", []byte(before+"\n"), "b", []byte(after+"\n")))) {
		if !strings.HasPrefix(text, "diff ") && !strings.HasPrefix(text, "--- a") && !strings.HasPrefix(text, "+++ b") && !strings.HasPrefix(text, "@@") {
			b.WriteString(text)
		}
	}
	return b.String()
}
