package review

import (
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"example.com/authbook/internal/text"
	"example.com/authbook/internal/workbook/course"
	"example.com/authbook/internal/workbook/term"
)

// examiner looks for what an impostor has no use for. It knows no types: a name is
// refused unless it is known to be harmless, and nothing is run.
type examiner struct {
	fset   *token.FileSet
	file   *ast.File
	row    course.Span
	faults []string
}

func (x *examiner) fault(at token.Pos, what text.Key, args ...any) {
	x.faults = append(x.faults, text.T("line %d: %s", x.line(at), text.T(what, args...)))
}

func (x *examiner) line(at token.Pos) int { return x.fset.PositionFor(at, false).Line }

// impostor is the literal that the file declares by that name, or nil.
func (x *examiner) impostor(name string) (found *ast.CompositeLit) {
	for _, decl := range x.file.Decls {
		literal, ok := impostorOf(decl)
		if ok && decl.(*ast.GenDecl).Specs[0].(*ast.ValueSpec).Names[0].Name == name {
			found = literal
			continue
		}
		if d, ok := decl.(*ast.GenDecl); !ok || d.Tok != token.IMPORT {
			x.fault(decl.Pos(), "something is declared besides the impostor")
		}
	}
	return found
}

// directive is a comment that the compiler obeys.
var directive = regexp.MustCompile(`^(?://(?:go:|line |export |extern )|/\*line |//\s*\+build)`)

// pure are the packages that reach nothing outside the program.
var pure = []string{"encoding/json", "maps", "slices", "strconv", "strings", "time", "unicode/utf8"}

// look examines all but the names.
func (x *examiner) look(literal *ast.CompositeLit, whole string) {
	if term.Visible(whole) != whole {
		x.faults = append(x.faults, text.T("it holds characters that a terminal obeys, or does not show"))
	}
	x.comments()
	x.imports()
	ast.Inspect(x.file, x.goroutine)
	x.fields(literal)
}

// goroutine refuses what starts one. It would go on when the row has ended, and two
// that race can break the memory of a Go program.
func (x *examiner) goroutine(n ast.Node) bool {
	_, starts := n.(*ast.GoStmt)
	if s, ok := n.(*ast.SelectorExpr); ok {
		starts = s.Sel.Name == "AfterFunc"
	}
	if starts {
		x.fault(n.Pos(), "an impostor starts no goroutine")
	}
	return true
}

func (x *examiner) comments() {
	for _, group := range x.file.Comments {
		for _, c := range group.List {
			if directive.MatchString(c.Text) {
				x.fault(c.Pos(), "the compiler obeys this comment")
			}
		}
	}
}

func (x *examiner) imports() {
	for _, spec := range x.file.Imports {
		path, _ := strconv.Unquote(spec.Path.Value) // the parser has read it
		if spec.Name != nil || !slices.Contains(pure, path) {
			x.fault(spec.Pos(), "an impostor needs no other packages than %s", strings.Join(pure, ", "))
		}
	}
}

// fields examines what the impostor is made of, and where its row stands: the row is
// shown last, so nothing else may stand in its lines, and no code in it.
func (x *examiner) fields(literal *ast.CompositeLit) {
	var names []string
	for _, e := range literal.Elts {
		if field, ok := e.(*ast.KeyValueExpr); ok {
			names = append(names, types.ExprString(field.Key))
		}
	}
	if len(literal.Elts) != 3 || !slices.Equal(names, []string{"does", "flaw", "row"}) {
		x.fault(literal.Pos(), "an impostor has three fields, does, flaw and row, in this order")
		return
	}
	flaw, row := literal.Elts[1], literal.Elts[2]
	x.row = course.Span{Start: x.line(row.Pos()), End: x.line(row.End())}
	if x.line(flaw.End()) == x.row.Start || x.line(literal.Rbrace) == x.row.End {
		x.fault(row.Pos(), "the row needs lines of its own")
	}
	ast.Inspect(row, func(n ast.Node) bool {
		if f, ok := n.(*ast.FuncLit); ok {
			x.fault(f.Pos(), "a row has steps, and no code")
		}
		return true
	})
}

// names refuses what the file takes from elsewhere and need not.
func (x *examiner) names(known map[string]bool) {
	for _, spec := range x.file.Imports {
		path, _ := strconv.Unquote(spec.Path.Value)
		known[path[strings.LastIndex(path, "/")+1:]] = true
	}
	for _, name := range x.file.Unresolved {
		if !known[name.Name] {
			x.fault(name.Pos(), "an impostor has no use for %s", name.Name)
		}
	}
	ast.Inspect(x.file, func(n ast.Node) bool { return x.key(n, known) })
}

// key refuses what a map takes from elsewhere. The parser leaves a key open that it does
// not find in the file, for it may be a field.
func (x *examiner) key(n ast.Node, known map[string]bool) bool {
	pair, _ := n.(*ast.KeyValueExpr)
	if pair == nil {
		return true
	}
	if name, ok := pair.Key.(*ast.Ident); ok && name.Obj == nil {
		if harmless, declared := known[name.Name]; declared && !harmless {
			x.fault(name.Pos(), "an impostor has no use for %s", name.Name)
		}
	}
	return true
}

// kinds are the types that an impostor is made of. Others have methods that start
// goroutines, or worse.
var kinds = []string{"impostor", "replies", "call", "request", "answer", "step"}

// knownIn are the names that an impostor may use: Go's own but for those that print,
// its kinds, the chapter's constants, and the functions that make steps. It may touch
// no variable: the tables that judge it are variables. What else the chapter declares
// is in it as false.
func knownIn(reference course.Tree) map[string]bool {
	known := map[string]bool{}
	for _, name := range slices.Concat(types.Universe.Names(), kinds) {
		known[name] = name != "print" && name != "println"
	}
	for name, whole := range reference {
		file, err := parser.ParseFile(token.NewFileSet(), "", whole, parser.SkipObjectResolution)
		if err != nil {
			continue // it can't be: the reference was compiled
		}
		for _, decl := range file.Decls {
			good := harmless(decl, name == "scenario_test.go")
			for _, declared := range course.Declares(decl) {
				known[declared] = known[declared] || slices.Contains(good, declared)
			}
		}
	}
	return known
}

// harmless are the constants of a declaration, or the name of a function where those
// make steps.
func harmless(decl ast.Decl, steps bool) (names []string) {
	switch d := decl.(type) {
	case *ast.FuncDecl:
		if steps && d.Recv == nil {
			names = append(names, d.Name.Name)
		}
	case *ast.GenDecl:
		for _, spec := range d.Specs {
			if values, ok := spec.(*ast.ValueSpec); ok && d.Tok == token.CONST {
				names = append(names, term.Texts(values.Names)...)
			}
		}
	}
	return names
}
