package main

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"example.com/authbook/internal/text"
)

// What the chapters' tests say when a row is red is collected too, by its form: the
// reason of a row, the message of an assertion, what is told of an impostor, and all
// that internal/exercise says.

// saidIn returns the texts of tests, with the files that say them.
func saidIn(root string) (map[string][]string, error) {
	s := said{texts: map[string][]string{}, root: root}
	for _, phrase := range text.Testify {
		s.texts[phrase] = []string{"internal/text/said.go"}
	}
	for _, pattern := range []string{"0*/*_test.go", "internal/exercise/*.go", "internal/exercise/scenario/*.go"} {
		paths, err := filepath.Glob(filepath.Join(root, pattern))
		if err != nil {
			return nil, err
		}
		for _, path := range paths {
			if err := s.file(path); err != nil {
				return nil, err
			}
		}
	}
	return s.texts, nil
}

type said struct {
	texts map[string][]string
	root  string
	name  string // of the file, from the root
	all   bool   // in it every text counts
}

func (s *said) file(path string) error {
	name, err := filepath.Rel(s.root, path)
	if err != nil {
		return err
	}
	s.name = filepath.ToSlash(name)
	isTest := strings.HasSuffix(s.name, "_test.go")
	if s.all = strings.HasPrefix(s.name, "internal/"); s.all && isTest {
		return nil
	}
	file, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.SkipObjectResolution)
	if err != nil {
		return err
	}
	ast.Inspect(file, func(n ast.Node) bool {
		s.node(n)
		return true
	})
	return nil
}

// node takes the texts of a node.
func (s *said) node(n ast.Node) {
	switch n := n.(type) {
	case *ast.KeyValueExpr:
		if key, ok := n.Key.(*ast.Ident); ok && slices.Contains([]string{"why", "differs", "survived", "seen"}, key.Name) {
			s.take(n.Value)
		}
	case *ast.CallExpr:
		for i, arg := range n.Args {
			if i >= firstSaid(n) {
				s.take(arg)
			}
		}
	case *ast.BasicLit:
		if s.all {
			s.take(n)
		}
	}
}

// nothingSaid is more than any call has arguments.
const nothingSaid = 100

// firstSaid is the first argument of a call that is said to people.
func firstSaid(call *ast.CallExpr) int {
	f, ok := call.Fun.(*ast.SelectorExpr)
	if !ok {
		return nothingSaid
	}
	x, _ := f.X.(*ast.Ident)
	switch {
	case f.Sel.Name == "Flaw":
		return 1
	case x == nil:
		return nothingSaid
	case slices.Contains([]string{"Errorf", "Error", "Fatal", "Fatalf", "Slip", "Differ"}, f.Sel.Name):
		return 0
	case x.Name != "assert" && x.Name != "require":
		return nothingSaid
	case slices.Contains(ofOneValue, f.Sel.Name):
		return 2
	}
	return 3
}

// ofOneValue are assertions behind whose second argument the message stands.
var ofOneValue = []string{"True", "False", "NoError", "Error", "Empty", "NotEmpty", "Nil", "NotNil", "Zero", "NotZero",
	"FileExists", "NoFileExists", "DirExists", "Fail", "Panics", "NotPanics"}

// take notes a constant text of two words or more.
func (s *said) take(e ast.Expr) {
	for _, part := range partsOf(e) {
		for line := range strings.SplitSeq(part, "\n") { // it is read line by line
			line = strings.TrimSpace(line)
			if twoWords.MatchString(line) && !slices.Contains(s.texts[line], s.name) {
				s.texts[line] = append(s.texts[line], s.name)
			}
		}
	}
}

// partsOf are the texts of an expression: of literals that are joined, their whole.
func partsOf(e ast.Expr) []string {
	switch e := e.(type) {
	case *ast.BasicLit:
		if s, err := strconv.Unquote(e.Value); err == nil && e.Kind == token.STRING {
			return []string{s}
		}
	case *ast.BinaryExpr:
		x, y := partsOf(e.X), partsOf(e.Y)
		if e.Op == token.ADD && len(x) == 1 && len(y) == 1 {
			return []string{x[0] + y[0]}
		}
		return slices.Concat(x, y)
	}
	return nil
}
