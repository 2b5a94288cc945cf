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
	switch full := path + "." + name; {
	case path == "errors" && len(call.Args) != 2: // errors.Is(f()) has one
		return nil
	case full == "errors.Is" && isExpectation(c.index.Object(call.Args[1])),
		full == "errors.As" && !isTool(c.TypesInfo.TypeOf(call.Args[1])):
		return c.errorIn(call.Args[0])
	case path == "strings" || path == "regexp":
		return first(call.Args, c.textOf)
	}
	return nil
}

// first is the first error that one of some ways finds in one of some
// expressions, nil if there is none.
func first(all []ast.Expr, ways ...func(ast.Expr) types.Object) types.Object {
	for _, e := range all {
		for _, find := range ways {
			if err := find(e); err != nil {
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
