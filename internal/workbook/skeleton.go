package main

import (
	"go/ast"
	"go/format"
	"go/parser"
	"go/token"
)

// skeleton is a file without its imports and its exercises: what the learner
// has no reason to change in a test file.
func skeleton(name, text string) (string, error) {
	found, err := exercisesIn(name, text)
	if err != nil {
		return "", err
	}
	var cuts []edit
	for _, e := range found {
		cuts = append(cuts, edit{span{e.start, e.end()}, "var _ = " + `"` + e.id.String() + `"`})
	}
	fset := token.NewFileSet()
	file, err := parser.ParseFile(fset, name, text, parser.ImportsOnly)
	if err != nil {
		return "", err
	}
	for _, decl := range file.Decls {
		imports := decl.(*ast.GenDecl)
		cuts = append(cuts, edit{span{fset.Position(imports.Pos()).Offset, fset.Position(imports.End()).Offset}, ""})
	}
	shape, err := format.Source([]byte(splice(text, cuts)))
	return string(shape), err
}
