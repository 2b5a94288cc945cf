package secretcompare

import (
	"go/ast"
	"go/token"
	"go/types"
	"regexp"

	"example.com/authbook/internal/analyzers/trace"
	"golang.org/x/tools/go/types/typeutil"
)

// changed reports whether a comparison asks if a value has changed: both sides
// are the same field of one type, or what one method returns for one name, and
// neither is of what a stranger has just sent.
func (c checker) changed(x, y ast.Expr) bool {
	switch a := c.origin(x).(type) {
	case *ast.SelectorExpr:
		b, ok := c.origin(y).(*ast.SelectorExpr)
		field := c.index.Object(a)
		return ok && field != nil && field == c.index.Object(b) && !c.isSent(a.X) && !c.isSent(b.X)
	case *ast.CallExpr:
		b, ok := c.origin(y).(*ast.CallExpr)
		return ok && c.sameGetter(a, b)
	}
	return false
}

// isSent reports whether a variable was filled from bytes: json.Unmarshal(body, &in).
func (c checker) isSent(e ast.Expr) bool {
	object := c.index.Object(e)
	return object != nil && c.sent[object]
}

var decoders = regexp.MustCompile(`(?i)decode|unmarshal|bind`)

// noteSent notes the variables whose address a call gets that fills them from bytes.
func (c checker) noteSent(call *ast.CallExpr) {
	if !decoders.MatchString(trace.LastName(call.Fun)) {
		return
	}
	for _, arg := range call.Args {
		if address, ok := arg.(*ast.UnaryExpr); ok && address.Op == token.AND {
			c.sent[c.index.Object(address.X)] = true
		}
	}
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
