package term

import (
	"regexp"
	"strings"
)

// Line is one line of a text in Markdown.
type Line struct {
	Text string
	Code bool // inside a fenced block
}

// Lines yields the lines, and whether they belong to a fenced block.
func Lines(markdown string) func(yield func(Line) bool) {
	return func(yield func(Line) bool) {
		inCode := false
		for text := range strings.Lines(markdown) {
			fence := strings.HasPrefix(strings.TrimSpace(text), "```")
			if !yield(Line{text, inCode || fence}) {
				return
			}
			inCode = inCode != fence
		}
	}
}

// plain is how a terminal shows a line of Markdown: links as their text, code
// between quotes and else as it is, bold and italic words as they are.
func plain(line string) string {
	const place = "\x00"
	codes := codeSpan.FindAllStringSubmatch(line, -1)
	line = codeSpan.ReplaceAllLiteralString(line, place)
	for _, m := range marksOfText {
		line = m.mark.ReplaceAllString(line, m.text)
	}
	for _, code := range codes {
		line = strings.Replace(line, place, "'"+code[1]+"'", 1)
	}
	return line
}

var codeSpan = regexp.MustCompile("`([^`]+)`")

var marksOfText = []struct {
	mark *regexp.Regexp
	text string
}{
	{regexp.MustCompile(`\[([^\]]*)\]\(([^)\s]*)\)`), "$1"},
	{regexp.MustCompile(`\*\*([^*]+)\*\*`), "$1"},
	{regexp.MustCompile(`(^|[\s(])\*([^*\s]|[^*\s][^*]*[^*\s])\*`), "$1$2"},
}

// Unwrap joins the lines of a paragraph, so that they can be broken anew, and
// makes them plain. Code keeps its lines, without the fences.
func Unwrap(markdown string) string {
	var lines []string
	open := false // the last line is a paragraph that goes on
	for l := range Lines(markdown) {
		text := plain(strings.TrimSpace(l.Text))
		switch fence := l.Code && strings.HasPrefix(text, "```"); {
		case fence:
			open = false
		case l.Code:
			lines = append(lines, "  "+strings.TrimRight(l.Text, "\n"))
		case open && text != "":
			lines[len(lines)-1] += " " + text
		default:
			lines, open = append(lines, text), text != ""
		}
	}
	return strings.Join(lines, "\n")
}
