package missingreturn

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"

	"example.com/authbook/internal/analyzers/trace"
)

// isStatusAlone reports whether an answer is a status without a body: code
// behind the branch may write one body for all.
func (c checker) isStatusAlone(a answer) bool {
	if s, ok := a.call.Fun.(*ast.SelectorExpr); !ok || s.Sel.Name != "WriteHeader" {
		return false
	}
	for call := range trace.Each[*ast.CallExpr](a.list) {
		if call.Pos() > a.call.End() && c.writes(call, a.writer) {
			return false
		}
	}
	return true
}

// isFirst reports whether an answer is in an if without else, or in one case of
// a switch, and nothing was answered before or in another case. Then what
// follows is meant for the other cases.
func (c checker) isFirst(a answer, body *ast.BlockStmt) bool {
	end := token.NoPos
	switch {
	case a.choice != nil:
		end = a.choice.End()
	case a.branch != nil && a.branch.Else == nil:
		end = a.branch.Body.Pos()
	}
	for call := range trace.Each[*ast.CallExpr](body) {
		if call.Pos() < end && !a.has(call) && c.writes(call, a.writer) && !c.limitsBody(call) {
			return false
		}
	}
	return end.IsValid()
}

// limitsBody reports whether a call gets the writer for the day when the
// request is too long.
func (c checker) limitsBody(call *ast.CallExpr) bool {
	path, name := trace.Callee(c.TypesInfo, call)
	return path == "net/http" && name == "MaxBytesReader"
}

// flags reports whether the list of an answer sets a variable that a later if
// looks at: then the handler knows that it has answered.
func (c checker) flags(a answer, body *ast.BlockStmt) bool {
	var set []types.Object
	for assign := range trace.Each[*ast.AssignStmt](a.list) {
		if assign.Tok == token.ASSIGN {
			set = append(set, c.objects(assign.Lhs)...)
		}
	}
	for later := range trace.Each[*ast.IfStmt](body) {
		if later.Pos() >= a.list.End() && c.names(later.Cond, set) {
			return true
		}
	}
	return false
}

// failed are the values that came along with the error that an answer is
// about, as in `user, err := find(…)` or `err := json.Unmarshal(body, &in)`.
func (c checker) failed(a answer) []types.Object {
	if a.branch == nil {
		return nil
	}
	var problem types.Object
	for b := range trace.Each[*ast.BinaryExpr](a.branch.Cond) {
		if b.Op == token.NEQ && c.TypesInfo.Types[b.Y].IsNil() && c.isError(b.X) {
			problem = c.index.Object(b.X)
		}
	}
	assign := c.lastAssignment(problem, a)
	if assign == nil {
		return nil
	}
	return c.valuesBeside(problem, assign)
}

// lastAssignment is the last one to an error before the condition of an
// answer's if, nil if there is none.
func (c checker) lastAssignment(problem types.Object, a answer) *ast.AssignStmt {
	if problem == nil {
		return nil
	}
	var last *ast.AssignStmt
	for file := range a.at.Enclosing((*ast.File)(nil)) {
		for at := range file.Preorder((*ast.AssignStmt)(nil)) {
			assign := at.Node().(*ast.AssignStmt)
			if assign.Pos() < a.branch.Cond.Pos() && slices.Contains(c.objects(assign.Lhs), problem) {
				last = assign
			}
		}
	}
	return last
}

// valuesBeside are the values that an assignment to an error sets as well: its
// other left sides, and what its call gets the address of.
func (c checker) valuesBeside(problem types.Object, assign *ast.AssignStmt) []types.Object {
	values := c.objects(assign.Lhs)
	if call, ok := assign.Rhs[0].(*ast.CallExpr); ok {
		for _, arg := range call.Args {
			if address, ok := arg.(*ast.UnaryExpr); ok && address.Op == token.AND {
				values = append(values, c.objects([]ast.Expr{address.X})...)
			}
		}
	}
	return slices.DeleteFunc(values, func(o types.Object) bool { return o == problem })
}

// objects are the variables and fields among some expressions.
func (c checker) objects(all []ast.Expr) []types.Object {
	var found []types.Object
	for _, e := range all {
		if object := c.index.Object(e); object != nil {
			found = append(found, object)
		}
	}
	return found
}

// names reports whether an expression names one of some variables and fields.
func (c checker) names(e ast.Expr, objects []types.Object) bool {
	for part := range trace.Each[ast.Expr](e) {
		if object := c.index.Object(part); object != nil && slices.Contains(objects, object) {
			return true
		}
	}
	return false
}

// uses reports whether a call gets one of some values. A log may name them.
func (c checker) uses(call *ast.CallExpr, values []types.Object) bool {
	return !c.isLog(call) && slices.ContainsFunc(call.Args, func(arg ast.Expr) bool { return c.names(arg, values) })
}
