package jwtoptions

import (
	"go/ast"
	"go/types"

	"example.com/authbook/internal/analyzers/trace"
)

// receiver is p in p.Parse(…).
func receiver(call *ast.CallExpr) ast.Expr { return call.Fun.(*ast.SelectorExpr).X }

// deepest is how many steps the making of a parser is followed back.
const deepest = 4

// made returns the expressions that make a parser: a call of NewParser, or a
// literal of the type, which has no options at all.
func (c checker) made(e ast.Expr, depth int) []ast.Expr {
	switch e := ast.Unparen(e).(type) {
	case *ast.CallExpr:
		return c.madeByCall(e, depth)
	case *ast.UnaryExpr:
		return c.made(e.X, depth)
	case *ast.CompositeLit:
		return []ast.Expr{e}
	case *ast.Ident, *ast.SelectorExpr:
		return c.madeByName(e, depth)
	}
	return nil
}

func (c checker) madeByCall(call *ast.CallExpr, depth int) []ast.Expr {
	if name, ok := call.Fun.(*ast.Ident); ok && name.Name == "new" || c.callee(call) == "NewParser" {
		return []ast.Expr{call}
	}
	if body := c.index.Body(call); body != nil {
		return c.madeByAny(trace.Returned(body, 0), depth+1)
	}
	return nil
}

func (c checker) madeByName(e ast.Expr, depth int) []ast.Expr {
	object := c.index.Object(e)
	if object == nil {
		return nil
	}
	values := c.index.Values(object)
	if len(values) == 0 && isParser(object.Type()) && !c.isParameter(e) {
		return []ast.Expr{e} // var p jwt.Parser
	}
	return c.madeByAny(values, depth+1)
}

func (c checker) madeByAny(all []ast.Expr, depth int) []ast.Expr {
	if depth > deepest {
		return nil
	}
	var found []ast.Expr
	for _, e := range all {
		found = append(found, c.made(e, depth)...)
	}
	return found
}

// isParser reports whether a type is jwt.Parser itself, whose zero value works.
func isParser(t types.Type) bool {
	named, ok := t.(*types.Named)
	if !ok || named.Obj().Pkg() == nil {
		return false
	}
	return named.Obj().Name() == "Parser" && library.MatchString(named.Obj().Pkg().Path())
}
