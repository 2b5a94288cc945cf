package proof

import (
	"fmt"
	"go/parser"
	"go/token"
	"regexp"
	"slices"
	"strings"

	"example.com/authbook/internal/mark"
	"example.com/authbook/internal/workbook/course"
)

// block is a fenced block of the notes.
type block struct {
	line    int    // of the fence, from 1
	lang    string // behind the fence
	source  string // what the comment says, "" if there is none
	content string
	at      course.Span // of the content
}

// sourceComment is the line above a block that names its source.
var sourceComment = regexp.MustCompile(
	`^<!-- ((?:code|output|output blank|output wrong [^ :]+|output server|output server log): .*?) -->$`)

// blocks returns the fenced blocks of a text in Markdown.
func blocks(markdown string) []block {
	var all []block
	var current *block
	offset, previous, n := 0, "", 0
	for text := range strings.Lines(markdown) {
		n++
		offset += len(text)
		trimmed := strings.TrimSpace(text)
		lang, fence := strings.CutPrefix(trimmed, "```")
		switch {
		case fence && current == nil:
			current = &block{line: n, lang: lang, at: course.Span{Start: offset}}
			if m := sourceComment.FindStringSubmatch(previous); m != nil {
				current.source = m[1]
			}
		case fence:
			current.at.End = offset - len(text)
			current.content = markdown[current.at.Start:current.at.End]
			all = append(all, *current)
			current = nil
		}
		if trimmed != "" {
			previous = trimmed
		}
	}
	return all
}

// codeSource names a part of the reference: a file, a declaration in it, and lines of that.
var codeSource = regexp.MustCompile(`^(\S+\.go)(?: ([\w.]+))?(?: from "(.+?)" to "(.+?)")?$`)

// codeOf returns the part of the reference that a comment names.
func codeOf(ch *course.Chapter, source string) (string, error) {
	m := codeSource.FindStringSubmatch(source)
	if m == nil {
		return "", fmt.Errorf("%q is not understood: code: FILE.go [NAME] [from \"TEXT\" to \"TEXT\"]", source)
	}
	text, ok := ch.Reference[m[1]]
	if !ok {
		return "", fmt.Errorf("there is no file %s", m[1])
	}
	if m[2] != "" {
		if text = documented(text, m[2]); text == "" {
			return "", fmt.Errorf("%s does not declare %s", m[1], m[2])
		}
	}
	if m[3] != "" {
		return excerpt(text, m[3], m[4])
	}
	return text, nil
}

// markLine is the line of a mark in a doc comment.
var markLine = regexp.MustCompile(`(?m)^(//\n)?` + mark.Comment + `.*\n`)

// documented returns a declaration with its doc comment, without the mark.
func documented(text, name string) string {
	fset := token.NewFileSet()
	file, err := parser.ParseFile(fset, "", text, parser.ParseComments|parser.SkipObjectResolution)
	if err != nil {
		return ""
	}
	for _, decl := range file.Decls {
		if !slices.Contains(course.Declares(decl), name) {
			continue
		}
		start := decl.Pos()
		if doc := course.DocOf(decl); doc != nil {
			start = doc.Pos()
		}
		shown := text[fset.Position(start).Offset:fset.Position(decl.End()).Offset] + "\n"
		return markLine.ReplaceAllString(shown, "")
	}
	return ""
}

// excerpt returns the lines from the first with one text to the next with the
// other, without the indentation they share.
func excerpt(text, from, to string) (string, error) {
	lines := strings.Split(text, "\n")
	start := slices.IndexFunc(lines, func(l string) bool { return strings.Contains(l, from) })
	if start < 0 {
		return "", fmt.Errorf("no line has %q", from)
	}
	length := slices.IndexFunc(lines[start+1:], func(l string) bool { return strings.Contains(l, to) })
	if length < 0 {
		return "", fmt.Errorf("no line after %q has %q", from, to)
	}
	chosen := lines[start : start+length+2]
	indent := chosen[0][:len(chosen[0])-len(strings.TrimLeft(chosen[0], "\t"))]
	for i := range chosen {
		chosen[i] = strings.TrimPrefix(chosen[i], indent)
	}
	return strings.Join(chosen, "\n") + "\n", nil
}
