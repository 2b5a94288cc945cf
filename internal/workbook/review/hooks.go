package review

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"maps"
	"path"
	"slices"
	"strings"

	"example.com/authbook/internal/text"
	"example.com/authbook/internal/workbook/course"
)

// hook is code by which a chapter can show its tests another face than its users:
// what runs before them, changes their lists, or asks whether it is under test.
type hook struct {
	file string // from the root
	line int
	what string
}

func (h hook) String() string { return fmt.Sprintf("%s:%d: %s", h.file, h.line, h.what) }

// asks are names of packages, by their paths, that tell code who runs it. A path
// without names stands for all of its names.
var asks = map[string][]string{
	"testing": {"Testing", "Short", "Verbose", "CoverMode"},
	"os":      {"Args", "Executable", "Getenv", "LookupEnv", "Environ", "Exit"},
	"runtime": {"Caller", "Callers", "Stack"},
	"flag":    nil, "runtime/debug": nil, "syscall": nil, "unsafe": nil, "C": nil, "plugin": nil,
}

// hooksOf returns the hooks of a chapter that the workbook's own text lacks.
func hooksOf(ch *course.Chapter) []hook {
	lists := testVariables(ch.Reference)
	var all []hook
	for _, name := range slices.Sorted(maps.Keys(ch.Disk)) {
		if ch.Disk[name] == ch.Reference[name] {
			continue
		}
		given := map[string]int{}
		for _, h := range hooksIn(name, ch.Reference[name], lists) {
			given[h.what]++
		}
		for _, h := range hooksIn(name, ch.Disk[name], lists) {
			if given[h.what]--; given[h.what] < 0 {
				h.file = ch.Path(name)
				all = append(all, h)
			}
		}
	}
	return slices.Compact(all)
}

// testVariables are the names of what the workbook's tests read, such as lists of
// impostors.
func testVariables(t course.Tree) map[string]bool {
	names := map[string]bool{}
	for name, text := range t {
		file, err := parser.ParseFile(token.NewFileSet(), name, text, parser.SkipObjectResolution)
		if err != nil || !strings.HasSuffix(name, "_test.go") {
			continue
		}
		for _, decl := range file.Decls {
			if vars, ok := decl.(*ast.GenDecl); ok && vars.Tok == token.VAR {
				for _, declared := range course.Declares(vars) {
					names[declared] = true
				}
			}
		}
	}
	return names
}

// hooksIn returns the hooks of one file. What can't be read is the compiler's to tell.
func hooksIn(name, content string, lists map[string]bool) []hook {
	fset := token.NewFileSet()
	file, err := parser.ParseFile(fset, name, content, parser.ParseComments|parser.SkipObjectResolution)
	if err != nil {
		return nil
	}
	f := finder{fset: fset, lists: lists, packages: map[string]string{}}
	for _, s := range file.Imports {
		f.imported(s, strings.HasSuffix(name, "_test.go"))
	}
	for _, group := range file.Comments {
		for _, c := range group.List {
			if strings.HasPrefix(c.Text, "//go:linkname") || strings.HasPrefix(c.Text, "//go:build") {
				f.add(c, text.T("tells the compiler %s", strings.Fields(c.Text)[0][2:]))
			}
		}
	}
	for _, decl := range file.Decls {
		f.declaration(decl)
	}
	return f.found
}

// finder looks for hooks in one file.
type finder struct {
	fset     *token.FileSet
	lists    map[string]bool   // variables of the tests
	packages map[string]string // of asks: the name in this file to the path
	own      map[string]bool   // names that the function at hand declares
	found    []hook
}

func (f *finder) add(n ast.Node, what string) {
	f.found = append(f.found, hook{line: f.fset.Position(n.Pos()).Line, what: what})
}

func (f *finder) imported(s *ast.ImportSpec, inTest bool) {
	from := strings.Trim(s.Path.Value, "\"`")
	if _, ok := asks[from]; !ok {
		return
	}
	name := path.Base(from)
	if s.Name != nil {
		name = s.Name.Name
	}
	f.packages[name] = from
	if from == "testing" && !inTest {
		f.add(s, text.T("imports testing outside a test"))
	}
	if name == "." {
		f.add(s, text.T("imports %s without its name", from))
	}
}

// declaration finds what runs before the tests do, and looks into the rest.
func (f *finder) declaration(decl ast.Decl) {
	f.own = map[string]bool{}
	switch d := decl.(type) {
	case *ast.FuncDecl:
		if d.Recv == nil && (d.Name.Name == "init" || d.Name.Name == "TestMain") {
			f.add(d, text.T("%s runs before every test", d.Name.Name))
		}
		f.own = declaredIn(d)
	case *ast.GenDecl:
		ast.Inspect(d, func(n ast.Node) bool {
			if call, ok := n.(*ast.CallExpr); ok && isLiteral(call.Fun) {
				f.add(call, text.T("a function runs before every test, to fill a variable"))
			}
			return !isLiteral(n)
		})
	}
	ast.Inspect(decl, f.node)
}

func isLiteral(n ast.Node) bool {
	if e, ok := n.(ast.Expr); ok {
		n = ast.Unparen(e)
	}
	_, ok := n.(*ast.FuncLit)
	return ok
}

// declaredIn are the names that a function has for itself.
func declaredIn(d *ast.FuncDecl) map[string]bool {
	names := map[string]bool{}
	note := func(e ast.Expr) {
		if x, ok := e.(*ast.Ident); ok {
			names[x.Name] = true
		}
	}
	ast.Inspect(d, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.Field:
			for _, x := range n.Names {
				note(x)
			}
		case *ast.ValueSpec:
			for _, x := range n.Names {
				note(x)
			}
		case *ast.AssignStmt:
			for _, x := range n.Lhs {
				if n.Tok == token.DEFINE {
					note(x)
				}
			}
		case *ast.RangeStmt:
			if n.Tok == token.DEFINE {
				note(n.Key)
				note(n.Value)
			}
		}
		return true
	})
	return names
}

// node finds what asks who runs the code, and what changes a list of the tests.
func (f *finder) node(n ast.Node) bool {
	switch n := n.(type) {
	case *ast.SelectorExpr:
		x, ok := n.X.(*ast.Ident)
		if !ok || f.packages[x.Name] == "" || f.own[x.Name] {
			return true
		}
		if names := asks[f.packages[x.Name]]; names == nil || slices.Contains(names, n.Sel.Name) {
			f.add(n, text.T("%s.%s tells code whether it is under test, or ends it", x.Name, n.Sel.Name))
		}
	case *ast.AssignStmt:
		for _, left := range n.Lhs {
			f.change(left)
		}
	case *ast.IncDecStmt:
		f.change(n.X)
	case *ast.UnaryExpr:
		if n.Op == token.AND {
			f.change(n.X)
		}
	}
	return true
}

// change notes that a variable of the tests becomes another.
func (f *finder) change(left ast.Expr) {
	switch x := left.(type) {
	case *ast.IndexExpr:
		f.change(x.X)
	case *ast.SelectorExpr:
		f.change(x.X)
	case *ast.StarExpr:
		f.change(x.X)
	case *ast.ParenExpr:
		f.change(x.X)
	case *ast.Ident:
		if f.lists[x.Name] && !f.own[x.Name] {
			f.add(x, text.T("changes %s, which the tests read", x.Name))
		}
	}
}
