package jwtoptions

import (
	"go/ast"
	"go/token"
	"go/types"
	"strings"

	"example.com/authbook/internal/analyzers/trace"
)

// keyFunctionPins reports whether the function that a call gets its key from
// compares the token's algorithm with one. A type assertion such as
// t.Method.(*jwt.SigningMethodHMAC) pins a family, and HS512 passes it.
func (c checker) keyFunctionPins(parse *ast.CallExpr) bool {
	for _, e := range parse.Args {
		if body := c.index.Body(e); body != nil && c.comparesMethod(body) {
			return true
		}
	}
	return false
}

func (c checker) comparesMethod(body *ast.BlockStmt) bool {
	for b := range trace.Each[*ast.BinaryExpr](body) {
		if (b.Op == token.EQL || b.Op == token.NEQ) && (c.pins(b.X, b.Y) || c.pins(b.Y, b.X)) {
			return true
		}
	}
	for s := range trace.Each[*ast.SwitchStmt](body) {
		if s.Tag != nil && c.isMethod(s.Tag) {
			return true
		}
	}
	return false
}

// pins reports whether a comparison with a value leaves one algorithm.
func (c checker) pins(method, value ast.Expr) bool { return c.isMethod(method) && !c.isNone(value) }

// isNone reports whether an expression is the algorithm none: who forbids it
// allows all the others.
func (c checker) isNone(e ast.Expr) bool {
	if value := c.TypesInfo.Types[e].Value; value != nil {
		return strings.EqualFold(value.ExactString(), `"none"`)
	}
	return strings.Contains(types.ExprString(e), "SigningMethodNone")
}

// isMethod reports whether an expression is t.Method, t.Method.Alg() or
// t.Header["alg"].
func (c checker) isMethod(e ast.Expr) bool {
	switch e := ast.Unparen(e).(type) {
	case *ast.SelectorExpr:
		return e.Sel.Name == "Method"
	case *ast.CallExpr:
		_, name := trace.Callee(c.TypesInfo, e)
		return name == "SigningMethod.Alg"
	case *ast.IndexExpr:
		value := c.TypesInfo.Types[e.Index].Value
		return value != nil && value.String() == `"alg"`
	case *ast.TypeAssertExpr:
		return e.Type != nil && c.isMethod(e.X)
	}
	return false
}

// checksExpiry reports whether exp is checked elsewhere than in the parser: by
// the function that parses, by the claims themselves, or by a jwt.Validator. A
// validator counts if that function calls it, or if the parser checks no claims
// by itself.
func (c checker) checksExpiry(parse *ast.CallExpr, off bool) bool {
	if c.comparesExpiry(c.function) || c.hasValidator() && (off || c.validates(c.function)) {
		return true
	}
	for _, e := range parse.Args {
		if c.claimsCheckExpiry(c.TypesInfo.TypeOf(e)) {
			return true
		}
	}
	return false
}

// comparesExpiry reports whether a function looks if exp is there.
func (c checker) comparesExpiry(n ast.Node) bool {
	for b := range trace.Each[*ast.BinaryExpr](n) {
		if isExpiry(b.X) && c.TypesInfo.Types[b.Y].IsNil() || isExpiry(b.Y) && c.TypesInfo.Types[b.X].IsNil() {
			return true
		}
	}
	for call := range trace.Each[*ast.CallExpr](n) {
		if s, ok := call.Fun.(*ast.SelectorExpr); ok && s.Sel.Name == "GetExpirationTime" {
			return true
		}
	}
	return false
}

// validates reports whether a function calls a jwt.Validator.
func (c checker) validates(n ast.Node) bool {
	for call := range trace.Each[*ast.CallExpr](n) {
		if c.callee(call) == "Validator.Validate" {
			return true
		}
	}
	return false
}

func isExpiry(e ast.Expr) bool {
	s, ok := ast.Unparen(e).(*ast.SelectorExpr)
	return ok && s.Sel.Name == "ExpiresAt"
}

// hasValidator reports whether the package makes a jwt.Validator that wants exp.
func (c checker) hasValidator() bool {
	for _, file := range c.Files {
		for call := range trace.Each[*ast.CallExpr](file) {
			if c.callee(call) != "NewValidator" {
				continue
			}
			if o := c.optionsFrom(call, 0); o.unknown || o.names["WithExpirationRequired"] != nil {
				return true
			}
		}
	}
	return false
}

// claimsCheckExpiry reports whether a type of this package has a method
// Validate, which golang-jwt calls, that looks at exp.
func (c checker) claimsCheckExpiry(t types.Type) bool {
	if t == nil {
		return false
	}
	object, _, _ := types.LookupFieldOrMethod(t, true, c.Pkg, "Validate")
	validate, ok := object.(*types.Func)
	if !ok || validate.Pkg() != c.Pkg {
		return false
	}
	for _, file := range c.Files {
		for f := range trace.Each[*ast.FuncDecl](file) {
			if c.TypesInfo.ObjectOf(f.Name) == validate && c.comparesExpiry(f) {
				return true
			}
		}
	}
	return false
}
