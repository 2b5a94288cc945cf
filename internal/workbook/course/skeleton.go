package course

import (
	"go/ast"
	"go/format"
	"go/parser"
	"go/token"
	"slices"
	"strings"

	"example.com/authbook/internal/mark"
)

// Skeleton is a file without its imports and its exercises: what the learner
// has no reason to change in a test file.
func Skeleton(name, text string) (string, error) {
	cuts, err := ownedParts(name, text)
	if err != nil {
		return "", err
	}
	shape, err := format.Source([]byte(Splice(text, cuts)))
	return string(shape), err
}

// ownedParts are the imports and the exercises of a file, and what a skeleton has in
// their place.
func ownedParts(name, text string) ([]Edit, error) {
	found, err := mark.File(name, text)
	if err != nil {
		return nil, err
	}
	var cuts []Edit
	for _, e := range found {
		cuts = append(cuts, Edit{Span{e.Start, e.End()}, "var _ = " + `"` + e.ID.String() + `"`})
	}
	fset := token.NewFileSet()
	file, err := parser.ParseFile(fset, name, text, parser.ImportsOnly)
	if err != nil {
		return nil, err
	}
	for _, decl := range file.Decls {
		imports := decl.(*ast.GenDecl)
		cuts = append(cuts, Edit{Span{fset.Position(imports.Pos()).Offset, fset.Position(imports.End()).Offset}, ""})
	}
	return cuts, nil
}

// FirstChange is the line of a file where its skeleton begins to differ from
// the workbook's, 1 where that can't be told.
func (ch *Chapter) FirstChange(name string) int {
	was, is := givenLines(name, ch.Reference[name]), givenLines(name, ch.Disk[name])
	line := 1
	for i, l := range is {
		line = l.Number
		if i >= len(was) || l.Text != was[i].Text {
			break
		}
	}
	return line
}

// givenLines are the lines of a file that are not the learner's, without blank ones.
func givenLines(name, text string) (lines []Numbered) {
	cuts, err := ownedParts(name, text)
	if err != nil {
		return nil
	}
	number, at := 0, 0
	for line := range strings.Lines(text) {
		number++
		mine := slices.ContainsFunc(cuts, func(c Edit) bool { return c.At.Start <= at && at < c.At.End })
		at += len(line)
		if line = strings.TrimSpace(line); !mine && line != "" {
			lines = append(lines, Numbered{number, line})
		}
	}
	return lines
}

// Numbered is a line of a file, counted from 1.
type Numbered struct {
	Number int
	Text   string
}
