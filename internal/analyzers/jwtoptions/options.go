package jwtoptions

import (
	"go/ast"
	"go/types"
	"slices"

	"example.com/authbook/internal/analyzers/trace"
)

// options are the options of a parser by name. unknown is set when some come
// from where this analyzer does not see.
type options struct {
	names   map[string]*ast.CallExpr
	unknown bool
}

// optionsFrom reads the options of a call from an argument on.
func (c checker) optionsFrom(call *ast.CallExpr, first int) options {
	o := options{names: map[string]*ast.CallExpr{}}
	if first < len(call.Args) {
		for _, e := range call.Args[first:] {
			c.option(&o, e, 0)
		}
	}
	return o
}

// option adds what one expression stands for: an option, or a slice of them.
func (c checker) option(o *options, e ast.Expr, depth int) {
	e = ast.Unparen(e)
	if depth > 8 {
		return // a slice that is appended to itself: all its parts are seen
	}
	switch e := e.(type) {
	case *ast.CallExpr:
		c.optionCall(o, e, depth)
	case *ast.CompositeLit:
		c.all(o, e.Elts, depth)
	case *ast.Ident, *ast.SelectorExpr:
		c.optionName(o, e, depth)
	default:
		o.unknown = true
	}
}

// optionName reads what is assigned to a variable or field.
func (c checker) optionName(o *options, e ast.Expr, depth int) {
	if c.TypesInfo.Types[e].IsNil() {
		return
	}
	object := c.index.Object(e)
	values := c.index.Values(object)
	if len(values) == 0 || c.isParameter(e) || isExportedField(object) {
		o.unknown = true
	}
	c.all(o, values, depth)
}

func (c checker) all(o *options, all []ast.Expr, depth int) {
	for _, e := range all {
		c.option(o, e, depth+1)
	}
}

// optionCall reads an option's own call, an append, a make, or a function of
// this package that returns options.
func (c checker) optionCall(o *options, call *ast.CallExpr, depth int) {
	if name := c.callee(call); name != "" {
		o.names[name] = call
		return
	}
	if name, ok := ast.Unparen(call.Fun).(*ast.Ident); ok && c.TypesInfo.Types[name].IsBuiltin() {
		if name.Name == "append" {
			c.all(o, call.Args, depth)
		}
		return
	}
	if body := c.index.Body(call); body != nil {
		c.all(o, trace.Returned(body, 0), depth)
		return
	}
	switch path, name := trace.Callee(c.TypesInfo, call); path + "." + name {
	case "slices.Concat", "slices.Clone":
		c.all(o, call.Args, depth)
	default:
		o.unknown = true
	}
}

// isExportedField reports whether another package may set a variable's value.
func isExportedField(object types.Object) bool {
	field, ok := object.(*types.Var)
	return ok && field.IsField() && field.Exported()
}

// isParameter reports whether a name is a parameter: its caller may have given
// anything.
func (c checker) isParameter(e ast.Expr) bool {
	object := c.index.Object(e)
	isObject := func(name *ast.Ident) bool { return c.TypesInfo.ObjectOf(name) == object }
	for f := range trace.Each[*ast.FuncType](c.function) {
		for _, field := range f.Params.List {
			if slices.ContainsFunc(field.Names, isObject) {
				return true
			}
		}
	}
	return false
}
