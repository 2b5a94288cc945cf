package missingreturn

import (
	"go/ast"
	"go/constant"
	"go/types"
	"regexp"
	"slices"
	"strings"

	"example.com/authbook/internal/analyzers/trace"
	"golang.org/x/tools/go/ast/edge"
	"golang.org/x/tools/go/ast/inspector"
)

// answer is a statement that answers an error.
type answer struct {
	at     inspector.Cursor // the statement
	call   *ast.CallExpr
	writer types.Object
	list   ast.Node        // the list of statements that it is one of
	branch *ast.IfStmt     // whose body that list is, or nil
	choice *ast.SwitchStmt // one of whose cases that list is, or nil
}

// answersIn collects the answers of a function's body, but for those of
// functions inside it and of what runs at its end.
func (c checker) answersIn(body inspector.Cursor) []answer {
	var all []answer
	stops := []ast.Node{(*ast.FuncLit)(nil), (*ast.DeferStmt)(nil), (*ast.ExprStmt)(nil)}
	body.Inspect(stops, func(at inspector.Cursor) bool {
		s, ok := at.Node().(*ast.ExprStmt)
		if !ok {
			return false
		}
		if call, ok := ast.Unparen(s.X).(*ast.CallExpr); ok {
			if writer := c.answers(call); writer != nil {
				all = append(all, placed(answer{at: at, call: call, writer: writer}))
			}
		}
		return true
	})
	return all
}

// placed fills in where an answer is.
func placed(a answer) answer {
	for list := range a.at.Enclosing((*ast.BlockStmt)(nil), (*ast.CaseClause)(nil), (*ast.CommClause)(nil)) {
		a.list = list.Node()
		switch parent := list.Parent(); parent.Node().(type) {
		case *ast.IfStmt:
			if list.ParentEdgeKind() == edge.IfStmt_Body {
				a.branch = parent.Node().(*ast.IfStmt)
			}
		case *ast.BlockStmt: // of a switch
			a.choice, _ = parent.Parent().Node().(*ast.SwitchStmt)
		}
		break
	}
	return a
}

// has reports whether a node is in the list of statements of an answer.
func (a answer) has(n ast.Node) bool { return a.list.Pos() <= n.Pos() && n.Pos() < a.list.End() }

// answers returns the response writer that a call answers an error on, nil
// for any other call.
func (c checker) answers(call *ast.CallExpr) types.Object {
	path, name := trace.Callee(c.TypesInfo, call)
	if strings.HasSuffix(name, ".WriteHeader") && path != "" || name == "WriteHeader" {
		if s, ok := call.Fun.(*ast.SelectorExpr); ok && c.hasErrorStatus(call.Args) {
			return c.writerIn(s.X)
		}
		return nil
	}
	var writer types.Object
	for _, arg := range call.Args {
		if w := c.writerIn(arg); w != nil {
			writer = w
		}
	}
	if writer != nil && (answersError(path, name, call) || c.hasErrorStatus(call.Args) || c.hasError(call.Args)) {
		return writer
	}
	return nil
}

func (c checker) writerIn(e ast.Expr) types.Object {
	t := c.TypesInfo.TypeOf(e)
	if t == nil || !types.Implements(t, c.writer) {
		return nil
	}
	return c.index.Object(e)
}

// hasErrorStatus reports whether one argument is a constant status of an error.
func (c checker) hasErrorStatus(args []ast.Expr) bool {
	return slices.ContainsFunc(args, func(e ast.Expr) bool {
		value := c.TypesInfo.Types[e].Value
		if value == nil || value.Kind() != constant.Int {
			return false
		}
		status, ok := constant.Int64Val(value)
		return ok && 400 <= status && status < 600
	})
}

func (c checker) hasError(args []ast.Expr) bool { return slices.ContainsFunc(args, c.isError) }

func (c checker) isError(e ast.Expr) bool {
	t := c.TypesInfo.TypeOf(e)
	return t != nil && !c.TypesInfo.Types[e].IsNil() && types.Implements(t, errorType)
}

var errorType = types.Universe.Lookup("error").Type().Underlying().(*types.Interface)

// answersError reports whether a function's name says that it answers an error.
func answersError(path, name string, call *ast.CallExpr) bool {
	if path == "net/http" {
		return slices.Contains([]string{"Error", "NotFound", "Redirect"}, name)
	}
	if name == "" { // a function in a variable or a field
		name = trace.LastName(call.Fun)
	}
	_, method, ok := strings.Cut(name, ".")
	if !ok {
		method = name
	}
	return !notAnswers.MatchString(method) && errorNames.MatchString(method)
}

// errorNames are names such as writeError, respondWithProblem, denyRequest;
// notAnswers take note of an error.
var (
	errorNames = regexp.MustCompile(`(?i)^(fail|deny|refuse|reject|abort)` +
		`|(error|err|problem|failure|notfound|unauthori[sz]ed|unauthenticated|forbidden|badrequest|denied)` +
		`(json|response|request)?$`)
	notAnswers = regexp.MustCompile(`(?i)^(log|record|report|trace|count|observe|clear)`)
)
