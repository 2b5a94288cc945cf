package vacuousguard

import (
	"go/ast"
	"go/types"
	"slices"
	"strings"

	"example.com/authbook/internal/analyzers/trace"
)

// failing are the names of what ends a test or marks it as failed.
var failing = []string{"Fatal", "Fatalf", "Error", "Errorf", "Fail", "FailNow", "panic"}

// fails reports whether statements fail a test: t.Fatal, require.Fail, panic.
func (c checker) fails(body []ast.Stmt) bool {
	for _, s := range body {
		expr, ok := s.(*ast.ExprStmt)
		if !ok {
			continue
		}
		call, ok := ast.Unparen(expr.X).(*ast.CallExpr)
		if ok && (c.isAssertion(call) || slices.Contains(failing, name(call))) {
			return true
		}
	}
	return false
}

// asserts returns the error that an assertion of a certain error is about.
func (c checker) asserts(call *ast.CallExpr) types.Object {
	if !c.isAssertion(call) {
		return nil
	}
	wanted := []string{"ErrorIs", "ErrorAs", "ErrorContains", "EqualError", "Equal", "Contains", "True", "Regexp"}
	if !slices.Contains(wanted, strings.TrimSuffix(name(call), "f")) {
		return nil
	}
	return first(call.Args, c.errorIn, c.textOf, c.agrees)
}

// isAssertion reports whether a call is one of testify's functions.
func (c checker) isAssertion(call *ast.CallExpr) bool {
	path, _ := trace.Callee(c.TypesInfo, call)
	return path == "github.com/stretchr/testify/assert" || path == "github.com/stretchr/testify/require"
}

// name is the last name of what a call calls.
func name(call *ast.CallExpr) string {
	switch f := ast.Unparen(call.Fun).(type) {
	case *ast.Ident:
		return f.Name
	case *ast.SelectorExpr:
		return f.Sel.Name
	}
	return ""
}
