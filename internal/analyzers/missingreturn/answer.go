package missingreturn

import (
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
	"regexp"
	"slices"
	"strings"

	"example.com/authbook/internal/analyzers/trace"
)

// answer is a statement that answers an error.
type answer struct {
	call      *ast.CallExpr
	statement *ast.ExprStmt
	writer    types.Object
	list      ast.Node        // the list of statements it stands in
	around    *ast.IfStmt     // whose branch that list is, or nil
	choice    *ast.SwitchStmt // one of whose cases that list is, or nil
}

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
	if writer == nil || !answersError(path, name, call) && !c.hasErrorStatus(call.Args) && !c.hasError(call.Args) {
		return nil
	}
	return writer
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

func (c checker) hasError(args []ast.Expr) bool {
	return slices.ContainsFunc(args, func(e ast.Expr) bool { return c.isError(e) })
}

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
		switch f := ast.Unparen(call.Fun).(type) {
		case *ast.Ident:
			name = f.Name
		case *ast.SelectorExpr:
			name = f.Sel.Name
		}
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
	errorNames = regexp.MustCompile(`(?i)^(fail|deny|refuse|reject|abort)|(error|err|problem|failure|notfound|unauthori[sz]ed|unauthenticated|forbidden|badrequest|denied)(json|response|request)?$`)
	notAnswers = regexp.MustCompile(`(?i)^(log|record|report|trace|count|observe|clear)`)
)

// isStatusAlone reports whether an answer is a status without a body: code
// behind the branch may write one body for all.
func (a answer) isStatusAlone(c checker) bool {
	if s, ok := a.call.Fun.(*ast.SelectorExpr); !ok || s.Sel.Name != "WriteHeader" {
		return false
	}
	for n := range ast.Preorder(a.list) {
		if call, ok := n.(*ast.CallExpr); ok && call.Pos() > a.call.End() && c.writes(call, a.writer) {
			return false
		}
	}
	return true
}

// isFirst reports whether an answer stands in an if without else, or in one case
// of a switch, and nothing was answered before or in another case. Then what
// follows is meant for the other cases.
func (c checker) isFirst(a answer, body *ast.BlockStmt) bool {
	end := token.NoPos
	switch {
	case a.choice != nil:
		end = a.choice.End()
	case a.around != nil && a.around.Else == nil && a.list == a.around.Body:
		end = a.around.Body.Pos()
	}
	for n := range ast.Preorder(body) {
		call, ok := n.(*ast.CallExpr)
		if !ok || call.Pos() >= end || a.list.Pos() <= call.Pos() && call.Pos() < a.list.End() || !c.writes(call, a.writer) {
			continue
		}
		if path, name := trace.Callee(c.TypesInfo, call); path != "net/http" || name != "MaxBytesReader" {
			return false
		}
	}
	return end.IsValid()
}

// acts reports whether a statement behind the branch of an answer does
// something: a call that is no log and no measurement, or a change of what
// outlives the handler.
func (c checker) acts(n ast.Node, a answer) bool {
	if a.list.Pos() <= n.Pos() && n.Pos() < a.list.End() {
		return false
	}
	switch n := n.(type) {
	case *ast.ExprStmt:
		call, ok := n.X.(*ast.CallExpr)
		return ok && !c.isNote(call)
	case *ast.AssignStmt:
		for _, left := range n.Lhs {
			switch left.(type) {
			case *ast.IndexExpr, *ast.SelectorExpr:
				return n.Tok == token.ASSIGN
			}
		}
	}
	return false
}

var notes = regexp.MustCompile(`(?i)^(log|print|record|report|trace|count|observe|measure|audit|(debug|info|warn|error|inc|dec|add|set|end|done|r?unlock|r?lock|close|finish|cancel|flush|stop)f?$)`)

// isNote reports whether a call only takes note of what has happened, or tidies
// up.
func (c checker) isNote(call *ast.CallExpr) bool {
	if path, _ := trace.Callee(c.TypesInfo, call); path == "log" || path == "log/slog" {
		return true
	}
	switch f := ast.Unparen(call.Fun).(type) {
	case *ast.Ident:
		return notes.MatchString(f.Name)
	case *ast.SelectorExpr:
		return notes.MatchString(f.Sel.Name)
	}
	return true
}

// writesBody reports whether a call writes a body and no status.
func (c checker) writesBody(call *ast.CallExpr) bool {
	path, name := trace.Callee(c.TypesInfo, call)
	switch path {
	case "fmt", "io", "encoding/json", "encoding/xml", "html/template", "text/template":
		return true
	}
	return strings.HasSuffix(name, ".Write") || strings.HasSuffix(name, ".WriteString")
}

// flags reports whether the branch of an answer sets a variable that a later
// if looks at: then the handler knows that it has answered.
func (a answer) flags(c checker, body *ast.BlockStmt) bool {
	var set []types.Object
	for n := range ast.Preorder(a.list) {
		if assign, ok := n.(*ast.AssignStmt); ok && assign.Tok == token.ASSIGN {
			for _, left := range assign.Lhs {
				set = append(set, c.index.Object(left))
			}
		}
	}
	for n := range ast.Preorder(body) {
		later, ok := n.(*ast.IfStmt)
		if !ok || later.Pos() < a.list.End() {
			continue
		}
		for m := range ast.Preorder(later.Cond) {
			if e, ok := m.(ast.Expr); ok && c.index.Object(e) != nil && slices.Contains(set, c.index.Object(e)) {
				return true
			}
		}
	}
	return false
}

// failed are the values that came along with the error that an answer is
// about, as in `user, err := find(…)` or `err := json.Unmarshal(body, &in)`.
func (c checker) failed(a answer) []types.Object {
	if a.around == nil || a.list != a.around.Body {
		return nil
	}
	var problem types.Object
	for n := range ast.Preorder(a.around.Cond) {
		if b, ok := n.(*ast.BinaryExpr); ok && b.Op == token.NEQ && c.TypesInfo.Types[b.Y].IsNil() && c.isError(b.X) {
			problem = c.index.Object(b.X)
		}
	}
	if problem == nil {
		return nil
	}
	return c.together(problem, a.around)
}

// together are the values of the last assignment to an error before its if.
func (c checker) together(problem types.Object, before *ast.IfStmt) []types.Object {
	var last *ast.AssignStmt
	for _, file := range c.Files {
		if file.Pos() > before.Pos() || before.Pos() > file.End() {
			continue
		}
		for n := range ast.Preorder(file) {
			assign, ok := n.(*ast.AssignStmt)
			if ok && assign.Pos() < before.Cond.Pos() && slices.ContainsFunc(assign.Lhs, func(e ast.Expr) bool { return c.index.Object(e) == problem }) {
				last = assign
			}
		}
	}
	if last == nil {
		return nil
	}
	var values []types.Object
	for _, e := range last.Lhs {
		if object := c.index.Object(e); object != nil && object != problem {
			values = append(values, object)
		}
	}
	if call, ok := last.Rhs[0].(*ast.CallExpr); ok {
		for _, arg := range call.Args {
			if address, ok := arg.(*ast.UnaryExpr); ok && address.Op == token.AND && c.index.Object(address.X) != nil {
				values = append(values, c.index.Object(address.X))
			}
		}
	}
	return values
}

// uses reports whether a call gets one of some values. A log may name them.
func (c checker) uses(call *ast.CallExpr, values []types.Object) bool {
	if path, _ := trace.Callee(c.TypesInfo, call); path == "log" || path == "log/slog" {
		return false
	}
	for _, arg := range call.Args {
		for n := range ast.Preorder(arg) {
			if e, ok := n.(ast.Expr); ok && slices.Contains(values, c.index.Object(e)) && c.index.Object(e) != nil {
				return true
			}
		}
	}
	return false
}
