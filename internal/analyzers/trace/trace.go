// Package trace tells where values of one package come from, as far as its
// source shows: by assignments, never by running anything.
package trace

import (
	"go/ast"
	"go/types"
	"strings"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/types/typeutil"
)

// Index knows the assignments and functions of a package.
type Index struct {
	info      *types.Info
	values    map[types.Object][]ast.Expr
	results   map[types.Object][]Result
	arguments map[types.Object][]ast.Expr
	funcs     map[types.Object]*ast.FuncDecl
}

// Result is one of several that a call returns, counted from 0.
type Result struct {
	Call  *ast.CallExpr
	Place int
}

// New reads all files of a package once.
func New(pass *analysis.Pass) *Index {
	x := &Index{
		info: pass.TypesInfo, values: map[types.Object][]ast.Expr{}, results: map[types.Object][]Result{},
		arguments: map[types.Object][]ast.Expr{}, funcs: map[types.Object]*ast.FuncDecl{},
	}
	for _, file := range pass.Files {
		for n := range ast.Preorder(file) {
			x.add(n)
		}
	}
	return x
}

func (x *Index) add(n ast.Node) {
	switch n := n.(type) {
	case *ast.FuncDecl:
		x.funcs[x.info.ObjectOf(n.Name)] = n
	case *ast.AssignStmt:
		x.assign(n.Lhs, n.Rhs)
	case *ast.ValueSpec:
		names := make([]ast.Expr, len(n.Names))
		for i, name := range n.Names {
			names[i] = name
		}
		x.assign(names, n.Values)
	case *ast.RangeStmt: // an element comes from what holds it
		if n.Value != nil {
			x.assign([]ast.Expr{n.Value}, []ast.Expr{n.X})
		}
	case *ast.CallExpr:
		x.pass(n)
	case *ast.KeyValueExpr: // of a struct literal
		x.assign([]ast.Expr{n.Key}, []ast.Expr{n.Value})
	}
}

// assign notes values for what they are assigned to. A call with several
// results stands for each of them.
func (x *Index) assign(to, values []ast.Expr) {
	for i, left := range to {
		object := x.Object(left)
		if object == nil || len(values) == 0 {
			continue
		}
		x.values[object] = append(x.values[object], values[min(i, len(values)-1)])
		if call, ok := ast.Unparen(values[0]).(*ast.CallExpr); ok && len(values) < len(to) {
			x.results[object] = append(x.results[object], Result{call, i})
		}
	}
}

// pass notes the arguments of a call for the parameters of a function.
func (x *Index) pass(call *ast.CallExpr) {
	f, ok := typeutil.Callee(x.info, call).(*types.Func)
	if !ok {
		return
	}
	params := f.Origin().Signature().Params() // of a generic function, those in its source
	for i, arg := range call.Args {
		if params.Len() > 0 {
			param := params.At(min(i, params.Len()-1))
			x.arguments[param] = append(x.arguments[param], arg)
		}
	}
}

// Object is the variable or field that an expression names, nil for any other.
func (x *Index) Object(e ast.Expr) types.Object {
	switch e := ast.Unparen(e).(type) {
	case *ast.Ident:
		if v, ok := x.info.ObjectOf(e).(*types.Var); ok {
			return v
		}
	case *ast.SelectorExpr:
		if v, ok := x.info.ObjectOf(e.Sel).(*types.Var); ok {
			return v
		}
	}
	return nil
}

// LastName is the name of what is called or meant without the package, the receiver or
// the value in front of it, "" for what has none.
func LastName(e ast.Expr) string {
	switch e := ast.Unparen(e).(type) {
	case *ast.Ident:
		return e.Name
	case *ast.SelectorExpr:
		return e.Sel.Name
	}
	return ""
}

// Values are the expressions that are assigned to a variable or field anywhere
// in the package.
func (x *Index) Values(object types.Object) []ast.Expr { return x.values[object] }

// Results are those of a variable's values that a call returns among others.
func (x *Index) Results(object types.Object) []Result { return x.results[object] }

// Arguments are the expressions that this package passes for a parameter.
func (x *Index) Arguments(param types.Object) []ast.Expr { return x.arguments[param] }

// Body is the body of the function of this package that a call calls, or of
// the function literal or named function that an expression is. It is nil for
// what is not seen here.
func (x *Index) Body(e ast.Expr) *ast.BlockStmt {
	switch e := ast.Unparen(e).(type) {
	case *ast.FuncLit:
		return e.Body
	case *ast.CallExpr:
		return x.bodyOf(typeutil.Callee(x.info, e))
	case *ast.Ident:
		return x.bodyOf(x.info.ObjectOf(e))
	case *ast.SelectorExpr:
		return x.bodyOf(x.info.ObjectOf(e.Sel))
	}
	return nil
}

func (x *Index) bodyOf(object types.Object) *ast.BlockStmt {
	if f, ok := object.(*types.Func); ok {
		object = f.Origin() // of a generic method
	}
	if decl := x.funcs[object]; decl != nil {
		return decl.Body
	}
	if values := x.values[object]; len(values) == 1 {
		if literal, ok := ast.Unparen(values[0]).(*ast.FuncLit); ok {
			return literal.Body
		}
	}
	return nil
}

// Returned are the expressions that a function's body returns at a place,
// without those of functions inside it.
func Returned(body *ast.BlockStmt, place int) []ast.Expr {
	var all []ast.Expr
	ast.Inspect(body, func(n ast.Node) bool {
		if r, ok := n.(*ast.ReturnStmt); ok && place < len(r.Results) {
			all = append(all, r.Results[place])
		}
		_, inner := n.(*ast.FuncLit)
		return !inner
	})
	return all
}

// Callee is the path of the package and the name of what a call calls:
// "crypto/hmac", "New", or "hash", "Hash.Sum" for a method.
func Callee(info *types.Info, call *ast.CallExpr) (path, name string) {
	f, ok := typeutil.Callee(info, call).(*types.Func)
	if !ok || f.Pkg() == nil {
		return "", ""
	}
	name = f.Name()
	if receiver := f.Signature().Recv(); receiver != nil {
		name = typeName(receiver.Type()) + "." + name
	}
	return f.Pkg().Path(), name
}

func typeName(t types.Type) string {
	if p, ok := t.(*types.Pointer); ok {
		t = p.Elem()
	}
	if n, ok := t.(*types.Named); ok {
		return n.Obj().Name()
	}
	return ""
}

// IsTest reports whether a file is a test, or of a package that only tests
// import, such as internal/testserver.
func IsTest(pass *analysis.Pass, file *ast.File) bool {
	return strings.HasSuffix(pass.Fset.Position(file.FileStart).Filename, "_test.go") ||
		strings.Contains(pass.Pkg.Path(), "/internal/test")
}
