// Package mark reads the marks that make Go declarations exercises:
//
//	//workbook:exercise 1.3
//	//workbook:exercise 2.6 TestVerify/library
//
// A mark is in the doc comment of a function, of a method, or of a table: one
// variable, in a declaration of its own, that is a composite literal. Behind the
// number may stand the pattern of the tests that belong to the exercise; without
// one they are found by name. An exercise is blank while its body is the one
// statement panic("TODO 1.3 Chain"), or its table has no row.
//
// The learner's tool, the chapters' tests and the server's start all read marks
// here, so that they agree on what an exercise is and on whether it is written.
package mark

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"maps"
	"slices"
)

// Comment is what a mark begins with.
const Comment = "//workbook:exercise"

// Exercise is one marked declaration of a file.
type Exercise struct {
	ID    ID
	Name  string // "Chain" or "Issuer.Issue"
	Table bool   // a table, else a function or method
	Tests Pattern
	Blank bool   // not written yet
	File  string // the name that the reader was given
	Line  int    // of the declaration, below its doc comment
	Text  string // the declaration without its doc comment
	Start int    // where Text begins in the file, in bytes

	HoleStart, HoleEnd int // what a blank replaces in the file: from brace to brace

	Decl ast.Decl // the declaration; [Exercise.Offset] places what is in it
}

// String is how an exercise is named to people, "1.3 Chain".
func (e Exercise) String() string { return e.ID.String() + " " + e.Name }

// End is where the declaration ends in the file, in bytes.
func (e Exercise) End() int { return e.Start + len(e.Text) }

// Offset is the place in the file, in bytes, of a position in e.Decl.
func (e Exercise) Offset(p token.Pos) int { return e.Start + int(p-e.Decl.Pos()) }

// Read returns the exercises of a chapter's files, name to text, in the order of
// the course. The error is the first syntax error, bad or misplaced mark, or
// number that is given twice.
func Read(files map[string]string) ([]Exercise, error) {
	var all []Exercise
	for _, name := range slices.Sorted(maps.Keys(files)) {
		found, err := File(name, files[name])
		if err != nil {
			return nil, err
		}
		all = append(all, found...)
	}
	slices.SortStableFunc(all, func(a, b Exercise) int { return a.ID.Compare(b.ID) })
	for i := 1; i < len(all); i++ {
		if all[i].ID == all[i-1].ID {
			return nil, fmt.Errorf("%s is marked twice: in %s and in %s", all[i].ID, all[i-1].File, all[i].File)
		}
	}
	return all, nil
}

// File returns the exercises of one file, in the order of its text. The error is
// a syntax error, or a bad or misplaced mark.
func File(name, text string) ([]Exercise, error) {
	fset := token.NewFileSet()
	file, err := parser.ParseFile(fset, name, text, parser.ParseComments|parser.SkipObjectResolution)
	if err != nil {
		return nil, err
	}
	var found []Exercise
	for _, decl := range file.Decls {
		words, ok := wordsOf(decl)
		if !ok {
			continue
		}
		at := fset.Position(decl.Pos())
		e := Exercise{File: name, Line: at.Line, Start: at.Offset, Decl: decl}
		if err := e.fill(text, words); err != nil {
			return nil, fmt.Errorf("%s: %w", at, err)
		}
		found = append(found, e)
	}
	return found, misplaced(fset, file, len(found))
}

// fill adds what the declaration in the file's text and the words of its mark
// say.
func (e *Exercise) fill(text string, words []string) error {
	e.Text = text[e.Start:e.Offset(e.Decl.End())]
	if err := e.setShape(); err != nil {
		return err
	}
	if err := e.setMark(words); err != nil {
		return err
	}
	e.Blank = e.isBlank()
	return nil
}

// misplaced is the error of a mark above nothing: a silent one would be an
// exercise that nobody ever gets.
func misplaced(fset *token.FileSet, file *ast.File, read int) error {
	var marks []token.Pos
	for _, group := range file.Comments {
		for _, c := range group.List {
			if _, ok := wordsIn(c); ok {
				marks = append(marks, c.Pos())
			}
		}
	}
	if len(marks) == read {
		return nil
	}
	return fmt.Errorf("%s: each %s must be in the comment of one function, or of one variable alone (%d for %d)",
		fset.Position(marks[0]), Comment, len(marks), read)
}
