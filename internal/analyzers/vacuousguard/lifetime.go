package vacuousguard

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"

	"example.com/authbook/internal/analyzers/trace"
)

// isCheckedElsewhere reports whether the same error, between its assignment
// and the next, is looked at outside the guard by more than a log or another
// such guard.
func (c checker) isCheckedElsewhere(f ast.Decl, guard ast.Node, err types.Object) bool {
	life := c.lifetime(f, guard, err)
	found := false
	ast.Inspect(f, func(n ast.Node) bool {
		if n == nil || n == guard || c.logs(n) || c.guards(n, err) {
			return false
		}
		if assign, ok := n.(*ast.AssignStmt); ok && c.assigns(assign, err) {
			found = found || slices.ContainsFunc(assign.Rhs, func(e ast.Expr) bool { return c.mentions(e, err, life) })
			return false
		}
		found = found || c.isUse(n, err, life)
		return true
	})
	return found
}

// guards reports whether a node is a guard of an error.
func (c checker) guards(n ast.Node, err types.Object) bool {
	_, guarded := c.guard(n)
	return guarded == err
}

// logs reports whether a node does no more than log: t.Log, or an if around
// it.
func (c checker) logs(n ast.Node) bool {
	switch n := n.(type) {
	case *ast.CallExpr:
		return name(n) == "Log" || name(n) == "Logf"
	case *ast.ExprStmt:
		return c.logs(n.X)
	case *ast.IfStmt:
		return n.Init == nil && n.Else == nil && len(n.Body.List) > 0 &&
			!slices.ContainsFunc(n.Body.List, func(s ast.Stmt) bool { return !c.logs(s) })
	}
	return false
}

// span is a range of positions in a file.
type span struct{ from, to token.Pos }

func (c checker) mentions(e ast.Expr, err types.Object, in span) bool {
	for id := range trace.Each[*ast.Ident](e) {
		if c.isUse(id, err, in) {
			return true
		}
	}
	return false
}

func (c checker) isUse(n ast.Node, err types.Object, in span) bool {
	id, ok := n.(*ast.Ident)
	return ok && c.TypesInfo.Uses[id] == err && in.from <= id.Pos() && id.Pos() < in.to
}

// lifetime is from the assignment whose error a guard looks at to the next.
func (c checker) lifetime(f ast.Decl, guard ast.Node, err types.Object) span {
	life := span{f.Pos(), f.End()}
	for assign := range trace.Each[*ast.AssignStmt](f) {
		if !c.assigns(assign, err) {
			continue
		}
		switch {
		case assign.Pos() <= guard.Pos() || assign.End() <= guard.End(): // in the guard at the latest
			life.from = max(life.from, assign.Pos())
		case assign.Pos() >= guard.End():
			life.to = min(life.to, assign.Pos())
		}
	}
	return life
}

// assigns reports whether an assignment has an error on its left side.
func (c checker) assigns(assign *ast.AssignStmt, err types.Object) bool {
	return slices.ContainsFunc(assign.Lhs, func(e ast.Expr) bool { return c.index.Object(e) == err })
}
