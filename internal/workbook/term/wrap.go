package term

import (
	"strings"

	"example.com/authbook/internal/text"
	"github.com/mattn/go-runewidth"
)

// ColumnsOf is how many columns of a terminal a text takes. The locale has no
// say: a letter of Hangul takes two, and one of ambiguous width takes one.
func ColumnsOf(words string) int { return widths().StringWidth(words) }

func widths() *runewidth.Condition {
	return &runewidth.Condition{EastAsianWidth: false, StrictEmojiNeutral: true}
}

// Pad fills a text with spaces up to a width.
func Pad(words string, width int) string { return widths().FillRight(words, width) }

// Cut is a text of at most so many columns; what is cut off shows as "…".
func Cut(words string, width int) string { return widths().Truncate(words, width, "…") }

// Label prints "  edit   text". It never breaks the text: most are there to be
// clicked or copied. What explains it, behind three spaces, goes below where
// there is no room.
func (u *UI) Label(name text.Key, words string) {
	head := "  " + u.Paint(Bold, Pad(u.T(name), 6)) + " "
	command, why, explained := strings.Cut(words, "   ")
	if !explained || 9+ColumnsOf(words) <= u.Width {
		u.Say("%s%s", head, words)
		return
	}
	u.Say("%s%s", head, command)
	for _, line := range u.Wrap(strings.TrimLeft(why, " "), 9) {
		u.Say("%9s%s", "", line)
	}
}

// Columns prints a text behind a name, wrapped in a column that begins at some
// width. Where the terminal is too narrow for that, the text goes below.
func (u *UI) Columns(name string, at int, words string) {
	if u.Width-at < 30 {
		u.Say("%s", name)
		name, at = "", 4
	}
	if ColumnsOf(name) >= at { // no room for a space
		u.Say("%s", name)
		name = ""
	}
	for _, line := range u.Wrap(words, at) {
		u.Say("%s%s", Pad(name, at), line)
		name = ""
	}
}

// Prose is label for sentences: wrapped, in one column.
func (u *UI) Prose(name text.Key, words string) {
	for i, line := range u.Wrap(words, 9) {
		if i > 0 {
			name = ""
		}
		u.Label(name, line)
	}
}

// Wrap breaks a text into lines that leave room for an indentation. Lines of
// the text that are indented, such as code, stay as they are.
func (u *UI) Wrap(words string, indent int) []string {
	var lines []string
	for line := range strings.SplitSeq(words, "\n") {
		if strings.HasPrefix(line, " ") || strings.HasPrefix(line, "\t") {
			lines = append(lines, line)
			continue
		}
		lines = append(lines, WrapLine(line, max(u.Width-indent, 30))...)
	}
	return lines
}

// WrapLine breaks one line between words. It leaves the spaces alone: they may
// be what a test is about.
func WrapLine(line string, width int) []string {
	var lines []string
	for ColumnsOf(line) > width {
		fits := len(widths().Truncate(line, width, ""))
		space := strings.LastIndexByte(line[:fits+1], ' ') // one more: the space may stand behind
		if space < 0 {
			space = strings.IndexByte(line, ' ')
		}
		if space < 0 {
			break
		}
		lines = append(lines, line[:space])
		line = line[space+1:]
	}
	return append(lines, line)
}

// Ellipsis cuts a line that nobody would read to its end.
func Ellipsis(in text.Language, line string, most int) string {
	letters := []rune(line)
	if len(letters) <= most {
		return line
	}
	return in.T("%s… (%d characters)", string(letters[:most]), len(letters))
}

// Shorten keeps so many lines, and says how many more there are.
func Shorten(in text.Language, lines []string, most int) []string {
	if len(lines) <= most {
		return lines
	}
	return append(lines[:most:most], in.T("… %d lines more: go test -v", len(lines)-most))
}
