package course

import (
	"go/ast"

	"example.com/authbook/internal/mark"
)

// DocOf is the doc comment of a declaration.
func DocOf(decl ast.Decl) *ast.CommentGroup {
	if f, ok := decl.(*ast.FuncDecl); ok {
		return f.Doc
	}
	return decl.(*ast.GenDecl).Doc
}

// Declares returns the names that a declaration declares.
func Declares(decl ast.Decl) []string {
	if f, ok := decl.(*ast.FuncDecl); ok {
		return []string{mark.NameOf(f)}
	}
	var all []string
	for _, spec := range decl.(*ast.GenDecl).Specs {
		switch spec := spec.(type) {
		case *ast.ValueSpec:
			for _, name := range spec.Names {
				all = append(all, name.Name)
			}
		case *ast.TypeSpec:
			all = append(all, spec.Name.Name)
		}
	}
	return all
}
