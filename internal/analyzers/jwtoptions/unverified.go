package jwtoptions

import (
	"go/ast"
	"go/types"
	"regexp"
	"slices"

	"example.com/authbook/internal/analyzers/trace"
)

var (
	verifiers    = regexp.MustCompile(`(?i)verif|validat|^parse(with|jwt|token|$)`)
	notVerifiers = regexp.MustCompile(`(?i)unverif|without|unsafe|insecure|skip`)
)

// verifies reports whether the function around ParseUnverified hands the same
// token to what checks its signature.
func (c checker) verifies(unverified *ast.CallExpr) bool {
	token := c.index.Object(unverified.Args[0])
	isToken := func(e ast.Expr) bool { return token != nil && c.index.Object(e) == token }
	for call := range trace.Each[*ast.CallExpr](c.function) {
		name := trace.LastName(call.Fun)
		if verifiers.MatchString(name) && !notVerifiers.MatchString(name) && slices.ContainsFunc(call.Args, isToken) {
			return true
		}
	}
	return false
}

// readsHeader reports whether only the header of what ParseUnverified returns is
// read, which says with which key to check the token.
func (c checker) readsHeader(unverified *ast.CallExpr) bool {
	t := c.parsed(unverified)
	if _, kept := ast.Unparen(unverified.Args[1]).(*ast.Ident); t == nil || kept {
		return false
	}
	uses, headers := 0, 0
	for e := range trace.Each[ast.Expr](c.function) {
		switch e := e.(type) {
		case *ast.Ident:
			if c.TypesInfo.Uses[e] == t {
				uses++
			}
		case *ast.SelectorExpr:
			if e.Sel.Name == "Header" && c.index.Object(e.X) == t {
				headers++
			}
		}
	}
	return uses > 0 && uses == headers
}

// parsed is the variable for the token that a call of ParseUnverified returns.
func (c checker) parsed(unverified *ast.CallExpr) types.Object {
	for assign := range trace.Each[*ast.AssignStmt](c.function) {
		if len(assign.Rhs) == 1 && ast.Unparen(assign.Rhs[0]) == ast.Expr(unverified) {
			return c.index.Object(assign.Lhs[0])
		}
	}
	return nil
}
