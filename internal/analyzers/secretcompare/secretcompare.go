// Package secretcompare finds secrets that are compared with == and its like.
// Such a comparison stops at the first byte that differs, so the time it
// takes tells a guesser how much of the guess was right.
package secretcompare

import (
	"cmp"
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"strings"

	"example.com/authbook/internal/analyzers/secretname"
	"example.com/authbook/internal/analyzers/trace"
	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/passes/inspect"
)

// Analyzer reports a comparison of a password, a MAC, a token or a hash of one
// that does not take constant time. Tests are left alone: nobody times them.
var Analyzer = &analysis.Analyzer{
	Name:     "secretcompare",
	Doc:      "report secrets compared with ==, bytes.Equal and the like",
	URL:      "https://pkg.go.dev/crypto/subtle",
	Requires: []*analysis.Analyzer{inspect.Analyzer},
	Run:      run,
}

// checker looks at the comparisons of one package.
type checker struct {
	*analysis.Pass
	index   *trace.Index
	treated map[types.Object]int        // what is treated as a secret, and in which line
	written map[types.Object][]ast.Expr // what is written to a hash
	sent    map[types.Object]bool       // what is filled from bytes
	proves  bool                        // the function that is looked at checks a one-time code
}

func run(pass *analysis.Pass) (any, error) {
	c := checker{Pass: pass, index: trace.New(pass)}
	c.treated, c.written, c.sent = map[types.Object]int{}, map[types.Object][]ast.Expr{}, map[types.Object]bool{}
	c.findTreated()
	for file := range trace.Files(pass, false) {
		for _, decl := range file.Node().(*ast.File).Decls {
			c.proves = provesCode(decl)
			for n := range ast.Preorder(decl) {
				c.visit(n)
			}
		}
	}
	return nil, nil
}

func (c checker) visit(n ast.Node) {
	switch n := n.(type) {
	case *ast.BinaryExpr:
		if n.Op == token.EQL || n.Op == token.NEQ {
			x, y := c.byteByByte(n.X, n.Y)
			c.compare(n.OpPos, fmt.Sprintf("with %s", n.Op), x, y)
		}
	case *ast.CallExpr:
		path, name := trace.Callee(c.TypesInfo, n)
		if comparers[path+"."+name] && len(n.Args) == 2 {
			c.compare(n.Pos(), fmt.Sprintf("with %s", types.ExprString(n.Fun)), n.Args[0], n.Args[1])
		}
	case *ast.SwitchStmt:
		c.cases(n)
	}
}

// byteByByte returns a and b for a[i] and b[i], which a loop compares until two
// differ. Other values come back as they are.
func (c checker) byteByByte(x, y ast.Expr) (ast.Expr, ast.Expr) {
	a, ok := ast.Unparen(x).(*ast.IndexExpr)
	b, also := ast.Unparen(y).(*ast.IndexExpr)
	if ok && also && c.isText(a.X) && c.isText(b.X) && types.ExprString(a.Index) == types.ExprString(b.Index) {
		return a.X, b.X
	}
	return x, y
}

// comparers are the functions that stop at the first difference.
var comparers = map[string]bool{
	"bytes.Equal": true, "bytes.Compare": true, "bytes.EqualFold": true,
	"strings.Compare": true, "strings.EqualFold": true,
	"slices.Equal": true, "slices.Compare": true, "cmp.Compare": true,
	"reflect.DeepEqual": true,
}

// cases are comparisons of a switch's tag with each case.
func (c checker) cases(s *ast.SwitchStmt) {
	if s.Tag == nil {
		return
	}
	for _, clause := range s.Body.List {
		for _, e := range clause.(*ast.CaseClause).List {
			c.compare(e.Pos(), "in a switch", s.Tag, e)
		}
	}
}

func (c checker) compare(at token.Pos, how string, x, y ast.Expr) {
	if what := cmp.Or(c.between(x, y), c.passed(x, y)); what != "" {
		c.Reportf(at, "%s is compared %s, which takes longer the more of it is right; "+
			"hmac.Equal and subtle.ConstantTimeCompare do not", what, how)
	}
}

// between is the secret of two values that should not be compared so, "" if
// they may be.
func (c checker) between(x, y ast.Expr) string {
	if !c.isText(x) || !c.isText(y) || c.isPublic(x) || c.isPublic(y) || c.same(x, y) || c.changed(x, y) {
		return ""
	}
	if typedTwice(x, y) || isChallenge(x) || isChallenge(y) {
		return ""
	}
	if what := cmp.Or(c.named(x), c.named(y)); what != "" || c.isWritten(x) || c.isWritten(y) {
		return c.unlessChecksum(what, x, y)
	}
	return cmp.Or(c.likeElsewhere(x, 0), c.likeElsewhere(y, 0))
}

// named is the secret that a value holds, and the value's own name if that is
// another one.
func (c checker) named(e ast.Expr) string {
	what, name := c.secret(e, 0), trace.LastName(whole(e))
	if what == "" || strings.Contains(what, " ") || slices.Contains([]string{"", "Value", what}, name) {
		return what
	}
	return fmt.Sprintf("%s, here %s,", what, name)
}

// isWritten reports whether a value is a variable of the package whose bytes
// stand in its source.
func (c checker) isWritten(e ast.Expr) bool {
	object := c.index.Object(whole(e))
	if object == nil || object.Parent() != c.Pkg.Scope() || len(c.index.Values(object)) != 1 {
		return false
	}
	_, ok := c.index.Values(object)[0].(*ast.CompositeLit)
	return ok
}

// passed is the secret that a call in this package passes to a function that
// compares two of its parameters.
func (c checker) passed(x, y ast.Expr) string {
	one, other := c.index.Object(x), c.index.Object(y)
	if one == nil || other == nil || one.Parent() != other.Parent() {
		return ""
	}
	a, b := c.index.Arguments(one), c.index.Arguments(other)
	for i := range min(len(a), len(b)) {
		if what := c.between(a[i], b[i]); what != "" {
			return what
		}
	}
	return ""
}

// isText reports whether a value is a string, bytes, or an array of bytes.
func (c checker) isText(e ast.Expr) bool {
	switch t := c.TypesInfo.TypeOf(e).Underlying().(type) {
	case *types.Basic:
		return t.Info()&types.IsString != 0
	case *types.Slice:
		return isByte(t.Elem())
	case *types.Array:
		return isByte(t.Elem())
	}
	return false
}

func isByte(t types.Type) bool {
	b, ok := t.Underlying().(*types.Basic)
	return ok && b.Kind() == types.Byte
}

// isPublic reports whether a value stands in the source: to compare with "" or
// with a list of weak passwords tells nobody anything. A named constant that
// is a password is a secret all the same, though it should not be there.
func (c checker) isPublic(e ast.Expr) bool {
	e = ast.Unparen(e)
	if literal, ok := e.(*ast.CompositeLit); ok {
		return len(literal.Elts) == 0
	}
	if c.TypesInfo.Types[e].Value == nil {
		return c.TypesInfo.Types[e].IsNil()
	}
	name, ok := e.(*ast.Ident)
	_, isKind := c.TypesInfo.TypeOf(e).(*types.Named)
	return !ok || isKind || !isPassword(secretname.Words(name.Name))
}

// same reports whether both sides are parts of one value, or fields of one.
func (c checker) same(x, y ast.Expr) bool {
	a, ok := whole(x).(*ast.SelectorExpr)
	b, also := whole(y).(*ast.SelectorExpr)
	if ok && also && c.index.Object(a) != nil && c.index.Object(b) != nil {
		return types.ExprString(a.X) == types.ExprString(b.X)
	}
	return types.ExprString(whole(x)) == types.ExprString(whole(y))
}

func whole(e ast.Expr) ast.Expr {
	if s, ok := ast.Unparen(e).(*ast.SliceExpr); ok {
		return whole(s.X)
	}
	return ast.Unparen(e)
}
