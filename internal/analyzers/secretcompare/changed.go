package secretcompare

import (
	"go/ast"
	"go/types"

	"golang.org/x/tools/go/types/typeutil"
)

// changed reports whether a comparison asks if a value has changed: both sides
// are the same field of one type, or what one method returns for one name.
func (c checker) changed(x, y ast.Expr) bool {
	switch a := c.origin(x).(type) {
	case *ast.SelectorExpr:
		b, ok := c.origin(y).(*ast.SelectorExpr)
		field := c.index.Object(a)
		return ok && field != nil && field == c.index.Object(b)
	case *ast.CallExpr:
		b, ok := c.origin(y).(*ast.CallExpr)
		return ok && c.sameGetter(a, b)
	}
	return false
}

// origin is what a variable was set to, if that was only once.
func (c checker) origin(e ast.Expr) ast.Expr {
	e = ast.Unparen(e)
	if name, ok := e.(*ast.Ident); ok {
		object := c.index.Object(name)
		if values := c.index.Values(object); len(values) == 1 && len(c.index.Results(object)) == 0 {
			return ast.Unparen(values[0])
		}
	}
	return e
}

// sameGetter reports whether two calls ask one method for one constant.
func (c checker) sameGetter(a, b *ast.CallExpr) bool {
	f, ok := typeutil.Callee(c.TypesInfo, a).(*types.Func)
	if !ok || f.Signature().Recv() == nil || len(a.Args) != 1 || len(b.Args) != 1 {
		return false
	}
	asked, also := c.TypesInfo.Types[a.Args[0]].Value, c.TypesInfo.Types[b.Args[0]].Value
	return typeutil.Callee(c.TypesInfo, b) == f && asked != nil && also != nil && asked.ExactString() == also.ExactString()
}
