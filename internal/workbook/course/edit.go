package course

import (
	"slices"
)

// Span is a range of bytes in a file.
type Span struct{ Start, End int }

// Edit replaces a range of a file.
type Edit struct {
	At   Span
	Text string
}

// Splice carries out edits, which may be in any order but must not overlap.
func Splice(text string, edits []Edit) string {
	slices.SortFunc(edits, func(a, b Edit) int { return b.At.Start - a.At.Start })
	for _, e := range edits {
		text = text[:e.At.Start] + e.Text + text[e.At.End:]
	}
	return text
}
