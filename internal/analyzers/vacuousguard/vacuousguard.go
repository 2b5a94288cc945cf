// Package vacuousguard finds checks of tests that pass when no error comes
// back although one is expected:
//
//	if err != nil && !errors.Is(err, want) {
//		t.Fatal(err)
//	}
package vacuousguard

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"

	"example.com/authbook/internal/analyzers/trace"
	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/passes/inspect"
)

// Analyzer reports a check for a certain error that is the only one of its
// error and passes on nil.
var Analyzer = &analysis.Analyzer{
	Name:     "vacuousguard",
	Doc:      "report test guards that pass when no error comes back",
	URL:      "https://pkg.go.dev/errors#Is",
	Requires: []*analysis.Analyzer{inspect.Analyzer},
	Run:      run,
}

// checker looks at the tests of one package.
type checker struct {
	*analysis.Pass
	index *trace.Index
}

func run(pass *analysis.Pass) (any, error) {
	c := checker{pass, trace.New(pass)}
	for file := range trace.Files(pass, true) {
		for _, decl := range file.Node().(*ast.File).Decls {
			c.declaration(decl)
		}
	}
	return nil, nil
}

// declaration looks at a function, or at a table with functions in it.
func (c checker) declaration(f ast.Decl) {
	for n := range ast.Preorder(f) {
		guard, err := c.guard(n)
		if err == nil || c.isCheckedElsewhere(f, guard, err) {
			continue
		}
		c.Reportf(guard.Pos(), "this check passes when %s is nil: nothing here fails if no error comes back", err.Name())
	}
}

// guard returns the check that a node is, and the error that it lets pass
// when it is nil.
func (c checker) guard(n ast.Node) (ast.Node, types.Object) {
	switch n := n.(type) {
	case *ast.IfStmt:
		return n, c.guardIf(n)
	case *ast.CaseClause:
		if len(n.List) == 1 && c.fails(n.Body) {
			return n, c.tolerates(n.List[0], false)
		}
	case *ast.CallExpr:
		return n, c.guardCall(n)
	}
	return nil, nil
}

// guardIf is `if err != nil && !errors.Is(err, want) { t.Fatal }`, also as two
// ifs, or with an assertion inside the first.
func (c checker) guardIf(n *ast.IfStmt) types.Object {
	if n.Else != nil {
		return nil
	}
	if err := c.tolerates(n.Cond, false); err != nil && c.fails(n.Body.List) {
		return err
	}
	err := c.notNil(n.Cond)
	if err == nil || len(n.Body.List) != 1 || c.demanded(n.Body.List[0]) != err {
		return nil
	}
	return err
}

// demanded is the error that a statement wants to be a certain one.
func (c checker) demanded(s ast.Stmt) types.Object {
	switch s := s.(type) {
	case *ast.IfStmt:
		if s.Else == nil && c.fails(s.Body.List) {
			return c.differs(s.Cond)
		}
	case *ast.ExprStmt:
		if call, ok := s.X.(*ast.CallExpr); ok {
			return c.asserts(call)
		}
	}
	return nil
}

// guardCall is assert.True(t, err == nil || errors.Is(err, want)).
func (c checker) guardCall(call *ast.CallExpr) types.Object {
	if !c.isAssertion(call) || len(call.Args) < 2 {
		return nil
	}
	switch name(call) {
	case "True", "Truef":
		return c.tolerates(call.Args[1], true)
	case "False", "Falsef":
		return c.tolerates(call.Args[1], false)
	}
	return nil
}

// tolerates returns the error that a condition of failing lets pass when it is
// nil: err != nil && err-is-another. passing turns it into a condition of
// passing: err == nil || err-is-the-one.
func (c checker) tolerates(e ast.Expr, passing bool) types.Object {
	e = ast.Unparen(e)
	if not, ok := e.(*ast.UnaryExpr); ok && not.Op == token.NOT {
		return c.tolerates(not.X, !passing)
	}
	op, isNil, matches := token.LAND, c.notNil, c.differs
	if passing {
		op, isNil, matches = token.LOR, c.isNil, c.agrees
	}
	terms := split(e, op)
	return first(terms, func(term ast.Expr) types.Object {
		err := isNil(term)
		if err == nil || !slices.ContainsFunc(terms, func(e ast.Expr) bool { return matches(e) == err }) {
			return nil
		}
		return err
	})
}

// split returns the terms of a && b && c.
func split(e ast.Expr, op token.Token) []ast.Expr {
	e = ast.Unparen(e)
	if b, ok := e.(*ast.BinaryExpr); ok && b.Op == op {
		return append(split(b.X, op), split(b.Y, op)...)
	}
	return []ast.Expr{e}
}
