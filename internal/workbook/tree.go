package main

import (
	"go/ast"
	"slices"
	"strconv"
	"strings"

	"example.com/authbook/internal/mark"
)

// tree is one version of a chapter's Go files: name to text, with LF ends.
type tree map[string]string

// exercises returns the marked declarations of all files, in the order of the
// course. The error is the first syntax error or misplaced mark.
func (t tree) exercises() ([]mark.Exercise, error) { return mark.Read(t) }

// find returns the exercise with an id.
func find(all []mark.Exercise, want mark.ID) (mark.Exercise, bool) {
	i := slices.IndexFunc(all, func(e mark.Exercise) bool { return e.ID == want })
	if i < 0 {
		return mark.Exercise{}, false
	}
	return all[i], true
}

// zeroBody is a body that returns the zero value of each result; "" for a table.
func zeroBody(e mark.Exercise) string {
	f, ok := e.Decl.(*ast.FuncDecl)
	if !ok {
		return ""
	}
	results := f.Type.Results
	if results == nil || len(results.List) == 0 {
		return "{\n}"
	}
	if len(results.List[0].Names) > 0 {
		return "{\n\treturn\n}"
	}
	var vars, names []string
	for i, field := range results.List {
		name := "zero" + strconv.Itoa(i)
		kind := e.Text[field.Type.Pos()-f.Pos() : field.Type.End()-f.Pos()]
		vars = append(vars, "\tvar "+name+" "+kind)
		names = append(names, name)
	}
	return "{\n" + strings.Join(vars, "\n") + "\n\treturn " + strings.Join(names, ", ") + "\n}"
}

// roots returns the names X of all selectors X.y in an exercise's hole: those
// that may be imported packages.
func roots(e mark.Exercise) []string {
	var names []string
	ast.Inspect(e.Decl, func(n ast.Node) bool {
		if s, ok := n.(*ast.SelectorExpr); ok && e.Offset(s.Pos()) > e.HoleStart {
			if x, ok := s.X.(*ast.Ident); ok {
				names = append(names, x.Name)
			}
		}
		return true
	})
	return names
}
