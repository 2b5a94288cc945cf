package main

import (
	"go/ast"
	"go/format"
	"go/parser"
	"go/token"
	"slices"
	"strings"

	"example.com/authbook/internal/mark"
)

// skeleton is a file without its imports and its exercises: what the learner
// has no reason to change in a test file.
func skeleton(name, text string) (string, error) {
	cuts, err := owned(name, text)
	if err != nil {
		return "", err
	}
	shape, err := format.Source([]byte(splice(text, cuts)))
	return string(shape), err
}

// owned are the imports and the exercises of a file, and what a skeleton has in
// their place.
func owned(name, text string) ([]edit, error) {
	found, err := mark.File(name, text)
	if err != nil {
		return nil, err
	}
	var cuts []edit
	for _, e := range found {
		cuts = append(cuts, edit{span{e.Start, e.End()}, "var _ = " + `"` + e.ID.String() + `"`})
	}
	fset := token.NewFileSet()
	file, err := parser.ParseFile(fset, name, text, parser.ImportsOnly)
	if err != nil {
		return nil, err
	}
	for _, decl := range file.Decls {
		imports := decl.(*ast.GenDecl)
		cuts = append(cuts, edit{span{fset.Position(imports.Pos()).Offset, fset.Position(imports.End()).Offset}, ""})
	}
	return cuts, nil
}

// firstChange is the line of a file where its skeleton begins to differ from
// the workbook's, 1 where that can't be told.
func (ch *chapter) firstChange(name string) int {
	was, is := given(name, ch.reference[name]), given(name, ch.disk[name])
	line := 1
	for i, l := range is {
		line = l.number
		if i >= len(was) || l.text != was[i].text {
			break
		}
	}
	return line
}

// given are the lines of a file that are not the learner's, without blank ones.
func given(name, text string) (lines []numbered) {
	cuts, err := owned(name, text)
	if err != nil {
		return nil
	}
	number, at := 0, 0
	for line := range strings.Lines(text) {
		number++
		mine := slices.ContainsFunc(cuts, func(c edit) bool { return c.at.start <= at && at < c.at.end })
		at += len(line)
		if line = strings.TrimSpace(line); !mine && line != "" {
			lines = append(lines, numbered{number, line})
		}
	}
	return lines
}
