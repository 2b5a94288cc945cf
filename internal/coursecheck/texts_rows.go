package main

import (
	"go/ast"
	"slices"
)

// saidFields are fields of rows and impostors that people read.
var saidFields = []string{"why", "differs", "survived", "seen", "flaw", "without",
	"Words", "Meaning", "meaning"}

// field takes what stands in a field, or in a variable with such a name.
func (s *said) field(name, value ast.Expr) {
	field, ok := name.(*ast.Ident)
	if !ok || !slices.Contains(saidFields, field.Name) {
		return
	}
	if s.take(value); field.Name == "differs" {
		s.word(value)
	}
}

// composite takes the fields of a struct, or of those in a list, that are written
// without their names.
func (s *said) composite(lit *ast.CompositeLit) {
	list, ok := lit.Type.(*ast.ArrayType)
	if !ok {
		s.positions(lit.Type, lit.Elts)
		return
	}
	for _, e := range lit.Elts {
		if row, ok := e.(*ast.CompositeLit); ok && row.Type == nil {
			s.positions(list.Elt, row.Elts)
		}
	}
}

func (s *said) positions(of ast.Expr, values []ast.Expr) {
	fields := fieldsOf(of)
	if name, ok := of.(*ast.Ident); ok {
		fields = s.fields[name.Name]
	}
	if len(fields) != len(values) {
		return
	}
	for i, value := range values {
		s.field(fields[i], value)
	}
}

// fieldsOf are the names of a struct's fields, in order.
func fieldsOf(t ast.Expr) (names []*ast.Ident) {
	if t, ok := t.(*ast.StructType); ok {
		for _, f := range t.Fields.List {
			names = append(names, f.Names...)
		}
	}
	return names
}

// isSaid reports whether a parameter is said to people: why a row is red, of whom, or how
// something is done.
func isSaid(p *ast.Ident) bool { return p.Name == "why" || p.Name == "who" || p.Name == "how" }

// helper notes a type, and a function with a parameter that is said.
func (s *said) helper(n ast.Node) {
	switch n := n.(type) {
	case *ast.TypeSpec:
		s.fields[n.Name.Name] = fieldsOf(n.Type)
	case *ast.FuncDecl:
		params := fieldsOf(&ast.StructType{Fields: n.Type.Params})
		if at := slices.IndexFunc(params, isSaid); at >= 0 {
			s.tellers[n.Name.Name] = at
		}
	}
}
