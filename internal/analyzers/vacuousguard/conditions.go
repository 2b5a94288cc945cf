package vacuousguard

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"strings"

	"example.com/authbook/internal/analyzers/trace"
)

// notNil returns the error of err != nil.
func (c checker) notNil(e ast.Expr) types.Object { return c.nilness(e, token.NEQ) }

// isNil returns the error of err == nil.
func (c checker) isNil(e ast.Expr) types.Object { return c.nilness(e, token.EQL) }

func (c checker) nilness(e ast.Expr, op token.Token) types.Object {
	b, ok := ast.Unparen(e).(*ast.BinaryExpr)
	switch {
	case !ok || b.Op != op:
		return nil
	case c.TypesInfo.Types[b.Y].IsNil():
		return c.errorIn(b.X)
	case c.TypesInfo.Types[b.X].IsNil():
		return c.errorIn(b.Y)
	}
	return nil
}

// errorIn is the variable that an expression names, if it is an error.
func (c checker) errorIn(e ast.Expr) types.Object {
	object := c.index.Object(e)
	if object == nil || !types.Identical(object.Type(), types.Universe.Lookup("error").Type()) {
		return nil
	}
	return object
}

// differs returns the error of a condition that says it is another one than
// expected: !errors.Is(err, want), err != want, !strings.Contains(err.Error(), …).
func (c checker) differs(e ast.Expr) types.Object {
	switch e := ast.Unparen(e).(type) {
	case *ast.UnaryExpr:
		if e.Op == token.NOT {
			return c.agrees(e.X)
		}
	case *ast.BinaryExpr:
		if e.Op == token.NEQ {
			return c.compared(e)
		}
	}
	return nil
}

// agrees returns the error of a condition that says it is the expected one.
func (c checker) agrees(e ast.Expr) types.Object {
	switch e := ast.Unparen(e).(type) {
	case *ast.UnaryExpr:
		if e.Op == token.NOT {
			return c.differs(e.X)
		}
	case *ast.BinaryExpr:
		if e.Op == token.EQL {
			return c.compared(e)
		}
	case *ast.CallExpr:
		return c.matched(e)
	}
	return nil
}

// compared is the error of err == want and err.Error() == want.
func (c checker) compared(b *ast.BinaryExpr) types.Object {
	if c.TypesInfo.Types[b.X].IsNil() || c.TypesInfo.Types[b.Y].IsNil() {
		return nil
	}
	for i, e := range []ast.Expr{b.X, b.Y} {
		other := []ast.Expr{b.Y, b.X}[i]
		if err := c.errorIn(e); err != nil && isExpectation(c.index.Object(other)) {
			return err
		}
		if err := c.textOf(e); err != nil {
			return err
		}
	}
	return nil
}

// textOf is the error of err.Error().
func (c checker) textOf(e ast.Expr) types.Object {
	call, ok := ast.Unparen(e).(*ast.CallExpr)
	if !ok || len(call.Args) > 0 || name(call) != "Error" {
		return nil
	}
	return c.errorIn(call.Fun.(*ast.SelectorExpr).X)
}

// matched is the error of errors.Is(err, want), errors.As(err, &target) and
// strings.Contains(err.Error(), want).
func (c checker) matched(call *ast.CallExpr) types.Object {
	path, name := trace.Callee(c.TypesInfo, call)
	switch {
	case len(call.Args) == 0:
		return nil
	case path == "errors" && name == "Is" && isExpectation(c.index.Object(call.Args[1])):
		return c.errorIn(call.Args[0])
	case path == "errors" && name == "As" && !isTool(c.TypesInfo.TypeOf(call.Args[1])):
		return c.errorIn(call.Args[0])
	case path == "strings" || path == "regexp":
		for _, arg := range call.Args {
			if err := c.textOf(arg); err != nil {
				return err
			}
		}
	}
	return nil
}

// isExpectation reports whether an error is what a test expects. These are
// what a test puts up with when it ends: a server that was closed, a file that
// is gone already.
func isExpectation(want types.Object) bool {
	if want == nil || want.Pkg() == nil {
		return want != nil
	}
	return !slices.Contains([]string{
		"net/http.ErrServerClosed", "net.ErrClosed", "os.ErrClosed", "io/fs.ErrClosed", "io.EOF", "io.ErrClosedPipe",
		"os.ErrProcessDone", "os.ErrExist", "io/fs.ErrExist", "os.ErrNotExist", "io/fs.ErrNotExist",
		"context.Canceled", "context.DeadlineExceeded", "net/http.ErrAbortHandler", "database/sql.ErrTxDone",
	}, want.Pkg().Path()+"."+want.Name())
}

// isTool reports whether a target of errors.As is the exit status of a program.
func isTool(t types.Type) bool { return strings.HasSuffix(t.String(), "os/exec.ExitError") }

// fails reports whether statements fail a test: t.Fatal, require.Fail, panic.
func (c checker) fails(body []ast.Stmt) bool {
	for _, s := range body {
		expr, ok := s.(*ast.ExprStmt)
		if !ok {
			continue
		}
		call, ok := ast.Unparen(expr.X).(*ast.CallExpr)
		if ok && (c.isAssertion(call) || slices.Contains([]string{"Fatal", "Fatalf", "Error", "Errorf", "Fail", "FailNow", "panic"}, name(call))) {
			return true
		}
	}
	return false
}

// asserts returns the error that an assertion of a certain error is about.
func (c checker) asserts(call *ast.CallExpr) types.Object {
	if !c.isAssertion(call) {
		return nil
	}
	wanted := []string{"ErrorIs", "ErrorAs", "ErrorContains", "EqualError", "Equal", "Contains", "True", "Regexp"}
	if !slices.Contains(wanted, strings.TrimSuffix(name(call), "f")) {
		return nil
	}
	for _, arg := range call.Args {
		for _, find := range []func(ast.Expr) types.Object{c.errorIn, c.textOf, c.agrees} {
			if err := find(arg); err != nil {
				return err
			}
		}
	}
	return nil
}

// isAssertion reports whether a call is one of testify's functions.
func (c checker) isAssertion(call *ast.CallExpr) bool {
	path, _ := trace.Callee(c.TypesInfo, call)
	return path == "github.com/stretchr/testify/assert" || path == "github.com/stretchr/testify/require"
}

// name is the last name of what a call calls.
func name(call *ast.CallExpr) string {
	switch f := ast.Unparen(call.Fun).(type) {
	case *ast.Ident:
		return f.Name
	case *ast.SelectorExpr:
		return f.Sel.Name
	}
	return ""
}

// isCheckedElsewhere reports whether the same error, between its assignment
// and the next, is looked at outside the guard by more than a log or another
// such guard.
func (c checker) isCheckedElsewhere(f ast.Decl, guard ast.Node, err types.Object) bool {
	from, to := c.lifetime(f, guard, err)
	found := false
	ast.Inspect(f, func(n ast.Node) bool {
		if n == nil || n == guard {
			return false
		}
		if c.logs(n) {
			return false
		}
		if _, same := c.guard(n); same == err {
			return false
		}
		if assign, ok := n.(*ast.AssignStmt); ok && slices.ContainsFunc(assign.Lhs, func(e ast.Expr) bool { return c.index.Object(e) == err }) {
			for _, e := range assign.Rhs {
				found = found || c.mentions(e, err, from, to)
			}
			return false
		}
		if id, ok := n.(*ast.Ident); ok && c.TypesInfo.Uses[id] == err && from <= id.Pos() && id.Pos() < to {
			found = true
		}
		return true
	})
	return found
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
		return n.Init == nil && n.Else == nil && len(n.Body.List) > 0 && !slices.ContainsFunc(n.Body.List, func(s ast.Stmt) bool { return !c.logs(s) })
	}
	return false
}

func (c checker) mentions(e ast.Expr, err types.Object, from, to token.Pos) bool {
	for n := range ast.Preorder(e) {
		if id, ok := n.(*ast.Ident); ok && c.TypesInfo.Uses[id] == err && from <= id.Pos() && id.Pos() < to {
			return true
		}
	}
	return false
}

// lifetime is from the assignment whose error a guard looks at to the next.
func (c checker) lifetime(f ast.Decl, guard ast.Node, err types.Object) (from, to token.Pos) {
	from, to = f.Pos(), f.End()
	for n := range ast.Preorder(f) {
		assign, ok := n.(*ast.AssignStmt)
		if !ok || !slices.ContainsFunc(assign.Lhs, func(e ast.Expr) bool { return c.index.Object(e) == err }) {
			continue
		}
		switch {
		case assign.Pos() <= guard.Pos() || guard.Pos() <= assign.Pos() && assign.End() <= guard.End():
			from = max(from, assign.Pos())
		case assign.Pos() >= guard.End():
			to = min(to, assign.Pos())
		}
	}
	return from, to
}
