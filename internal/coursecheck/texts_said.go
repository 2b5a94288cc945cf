package main

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"example.com/authbook/internal/text"
)

// What the chapters' tests say when a row is red is collected too, by its form: the
// reason of a row, the message of an assertion, what is told of an impostor, what an
// analyzer reports, and all that internal/exercise and internal/mark say.

// saidIn returns the texts of tests, with the files that say them.
func saidIn(root string) (map[string][]string, error) {
	s := said{texts: map[string][]string{}, root: root, tellers: tellers(), fields: map[string][]*ast.Ident{}}
	for _, phrase := range slices.Concat(text.Testify, text.Go) {
		s.texts[phrase] = []string{"internal/text/said.go"}
	}
	return s.texts, s.walk("0*/*_test.go", "internal/exercise/*.go", "internal/exercise/scenario/*.go",
		"internal/mark/*.go", "internal/analyzers/*/*.go")
}

type said struct {
	texts     map[string][]string
	root      string
	name      string                  // of the file, from the root
	all       bool                    // in it every text counts
	constants bool                    // in it every constant and variable counts
	tellers   map[string]int          // functions to their first argument that is said
	fields    map[string][]*ast.Ident // structs to the names of their fields
}

// walk takes the texts of the files that match.
func (s *said) walk(patterns ...string) error {
	for _, pattern := range patterns {
		paths, err := filepath.Glob(filepath.Join(s.root, pattern))
		if err != nil {
			return err
		}
		for _, visit := range []func(ast.Node){s.helper, s.node} { // a helper may stand in a later file
			if err := s.files(paths, visit); err != nil {
				return err
			}
		}
	}
	return nil
}

func (s *said) files(paths []string, visit func(ast.Node)) error {
	for _, path := range paths {
		if err := s.file(path, visit); err != nil {
			return err
		}
	}
	return nil
}

func (s *said) file(path string, visit func(ast.Node)) error {
	name, err := filepath.Rel(s.root, path)
	if err != nil {
		return err
	}
	s.name = filepath.ToSlash(name)
	isTest := strings.HasSuffix(s.name, "_test.go")
	if isTest && !strings.HasPrefix(s.name, "0") {
		return nil
	}
	s.all = strings.HasPrefix(s.name, "internal/exercise/") || strings.HasPrefix(s.name, "internal/mark/")
	s.constants = strings.HasPrefix(s.name, "final/") && !strings.HasPrefix(s.name, "final/internal/store/") // SQL
	file, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.SkipObjectResolution)
	if err != nil {
		return err
	}
	ast.Inspect(file, func(n ast.Node) bool {
		visit(n)
		return true
	})
	return nil
}

// node takes the texts of a node.
func (s *said) node(n ast.Node) {
	switch n := n.(type) {
	case *ast.TypeSpec:
		s.helper(n) // other functions may have another type with its name
	case *ast.CompositeLit:
		s.composite(n)
	case *ast.KeyValueExpr:
		s.field(n.Key, n.Value)
	case *ast.ValueSpec:
		if s.constants {
			s.values(n.Values)
		}
	case *ast.AssignStmt:
		s.field(n.Lhs[0], n.Rhs[0])
	case *ast.ReturnStmt:
		s.values(n.Results)
	case *ast.CallExpr:
		s.call(n)
	case *ast.BasicLit:
		if s.all {
			s.take(n)
		}
	}
}

// values takes each of them.
func (s *said) values(all []ast.Expr) {
	for _, value := range all {
		s.take(value)
	}
}

func (s *said) call(n *ast.CallExpr) {
	first := s.firstSaid(n)
	for i, arg := range n.Args {
		if i < first {
			continue
		}
		if s.take(arg); nameOf(n) == "Flaw" || nameOf(n) == "Differ" {
			s.word(arg)
		}
	}
}

// nothingSaid is more than any call has arguments.
const nothingSaid = 100

// tellers are functions to their first argument that is said to people.
func tellers() map[string]int {
	return map[string]int{"Flaw": 1, "Differ": 0, "Slip": 0, "Error": 0, "Errorf": 0, "Fatal": 0, "Fatalf": 0,
		"Reportf": 1}
}

// firstSaid is the first argument of a call that is said to people.
func (s *said) firstSaid(call *ast.CallExpr) int {
	name := nameOf(call)
	if f, ok := call.Fun.(*ast.SelectorExpr); ok {
		if x, ok := f.X.(*ast.Ident); ok && (x.Name == "assert" || x.Name == "require") {
			return firstOfAssertion(name)
		}
	}
	if first, ok := s.tellers[name]; ok {
		return first
	}
	return nothingSaid
}

func firstOfAssertion(name string) int {
	switch {
	case name == "Fail":
		return 1
	case slices.Contains(ofOneValue, name):
		return 2
	}
	return 3
}

// nameOf is the name of the function that is called.
func nameOf(call *ast.CallExpr) string {
	switch f := call.Fun.(type) {
	case *ast.Ident:
		return f.Name
	case *ast.SelectorExpr:
		return f.Sel.Name
	}
	return ""
}

// ofOneValue are assertions behind whose second argument the message stands.
var ofOneValue = []string{"True", "False", "NoError", "Error", "Empty", "NotEmpty", "Nil", "NotNil", "Zero", "NotZero",
	"FileExists", "NoFileExists", "DirExists", "Panics", "NotPanics"}

// sentence matches two words of a text, whose values count as words.
var sentence = regexp.MustCompile(`[A-Za-z]{2,}[,;:]? ([a-z] )?[a-z]{2,}`)

// take notes a constant text of two words or more.
func (s *said) take(e ast.Expr) {
	for _, part := range partsOf(e) {
		for line := range strings.SplitSeq(part, "\n") { // it is read line by line
			line = strings.TrimSpace(line)
			if spoken(line) && sentence.MatchString(verb.ReplaceAllString(line, "value")) {
				s.note(line)
			}
		}
	}
}

// word notes a text of one word.
func (s *said) word(e ast.Expr) {
	for _, part := range partsOf(e) {
		if oneLowerWord.MatchString(part) {
			s.note(part)
		}
	}
}

var oneLowerWord = regexp.MustCompile(`^[a-z]{2,}$`)

func (s *said) note(text string) {
	if !slices.Contains(s.texts[text], s.name) {
		s.texts[text] = append(s.texts[text], s.name)
	}
}

// partsOf are the texts of an expression: of literals that are joined, their whole.
func partsOf(e ast.Expr) []string {
	switch e := e.(type) {
	case *ast.BasicLit:
		if s, err := strconv.Unquote(e.Value); err == nil && e.Kind == token.STRING {
			return []string{s}
		}
	case *ast.CallExpr:
		if nameOf(e) == "Sprintf" {
			return partsOf(e.Args[0])
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
