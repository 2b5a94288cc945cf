package review

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"strconv"
	"strings"

	"example.com/authbook/internal/mark"
	"example.com/authbook/internal/text"
	"example.com/authbook/internal/workbook/course"
	"example.com/authbook/internal/workbook/term"
)

// swapped is an impostor that somebody else has made: a file that nobody trusts yet.
type swapped struct {
	text     string // with LF ends
	chapter  *course.Chapter
	exercise mark.Exercise // the one of this course that the file is an answer to
	row      course.Span   // the lines of its row, from 1
	faults   []string      // why it is not built
}

// mostOfSwap is how many bytes a file may have: somebody reads all of them.
const mostOfSwap = 8 << 10

// readSwapped reads the file once: what is shown is what is built.
func readSwapped(c *course.Course, path string) (swapped, error) {
	info, err := os.Stat(path)
	switch {
	case err != nil:
		return swapped{}, term.Refuse(text.T("there is no file %s", path))
	case !info.Mode().IsRegular() || info.Size() > mostOfSwap:
		return swapped{}, term.Refuse(text.T("%s is no file with one impostor: such a file has at most %d bytes",
			path, mostOfSwap))
	}
	content, err := os.ReadFile(path)
	if err != nil {
		return swapped{}, err
	}
	// An editor of Windows may have put a mark in front, which Go skips too.
	s := swapped{text: strings.ReplaceAll(strings.TrimPrefix(string(content), "\ufeff"), "\r\n", "\n")}
	s.examine(c)
	return s, nil
}

// examine finds out what the file is an answer to, and all that is wrong with it.
func (s *swapped) examine(c *course.Course) {
	fset := token.NewFileSet()
	file, err := parser.ParseFile(fset, "", s.text, parser.ParseComments)
	if err != nil {
		s.faults = []string{text.T("it is no Go file: %s", term.Visible(err.Error()))}
		return
	}
	x := examiner{fset: fset, file: file}
	literal := s.find(c, &x)
	if literal == nil {
		s.faults = []string{text.T("it is no answer to an exercise that asks for an impostor, such as 3.13")}
		return
	}
	x.look(literal, s.text)
	x.names(knownIn(s.chapter.Reference))
	s.row, s.faults = x.row, x.faults
}

// find returns the impostor, and notes which exercise of the course it answers. There
// is none where this course asks for something else.
func (s *swapped) find(c *course.Course, x *examiner) *ast.CompositeLit {
	all, err := mark.File("", s.text)
	if err != nil || len(all) != 1 {
		return nil
	}
	s.chapter, s.exercise, err = c.Exercise(all[0].ID.String())
	if err != nil {
		return nil
	}
	if _, ours := impostorOf(s.exercise.Decl); !ours {
		return nil
	}
	return x.impostor(s.exercise.Name)
}

// impostorOf is the literal of a declaration that is an impostor.
func impostorOf(decl ast.Decl) (*ast.CompositeLit, bool) {
	d, ok := decl.(*ast.GenDecl)
	if !ok || d.Tok != token.VAR || len(d.Specs) != 1 {
		return nil, false
	}
	values := d.Specs[0].(*ast.ValueSpec).Values
	if len(values) != 1 {
		return nil, false
	}
	literal, ok := values[0].(*ast.CompositeLit)
	if !ok {
		return nil, false
	}
	name, ok := literal.Type.(*ast.Ident)
	return literal, ok && name.Name == "impostor"
}

// lines is a stranger's text with the number of each line, as a terminal may print it.
func (s swapped) lines() (all []string) {
	for i, line := range strings.Split(strings.TrimSuffix(s.text, "\n"), "\n") {
		line = strings.ReplaceAll(term.Visible(line), "\t", "    ")
		all = append(all, strings.TrimRight(term.Pad(strconv.Itoa(i+1), 4)+line, " "))
	}
	return all
}
