package missingreturn

import (
	"go/ast"
	"go/token"
	"go/types"
	"regexp"
	"strings"

	"example.com/authbook/internal/analyzers/trace"
	"golang.org/x/tools/go/cfg"
)

// follower looks for what a handler does after an answer and must not do.
type follower struct {
	checker
	answer      answer
	values      []types.Object // those that came with the error that was answered
	statusAlone bool           // the answer has no body: one behind it is for all
	first       bool           // nothing was answered before: what follows is for others
	seen        map[*cfg.Block]bool
}

// follow returns what the handler does after an answer and must not do, nil if
// it does nothing of the kind.
func (c checker) follow(graph *cfg.CFG, a answer, body *ast.BlockStmt) ast.Node {
	f := follower{checker: c, answer: a, values: c.failed(a), statusAlone: c.isStatusAlone(a), seen: map[*cfg.Block]bool{}}
	f.first = !f.statusAlone && c.isFirst(a, body)
	for _, b := range graph.Blocks {
		for i, n := range b.Nodes {
			if n == a.at.Node() || n == ast.Node(a.call) {
				return f.walk(b, i+1)
			}
		}
	}
	return nil
}

// walk goes through a block from one of its nodes on, and through the blocks
// behind it.
func (f follower) walk(b *cfg.Block, from int) ast.Node {
	for _, n := range b.Nodes[from:] {
		if f.mustNot(n) || f.first && f.acts(n) {
			return n
		}
	}
	for _, next := range b.Succs {
		if f.seen[next] {
			continue
		}
		f.seen[next] = true
		if found := f.walk(next, 0); found != nil {
			return found
		}
	}
	return nil
}

// mustNot reports whether a statement may not follow the answer.
func (f follower) mustNot(n ast.Node) bool {
	switch n.(type) {
	case *ast.DeferStmt, *ast.GoStmt:
		return false
	}
	for call := range trace.Each[*ast.CallExpr](n) {
		if f.mustNotCall(call, f.answer.has(n)) {
			return true
		}
	}
	return false
}

// mustNotCall is mustNot of one call. A call in the list of the answer belongs
// to it: the body behind a status.
func (f follower) mustNotCall(call *ast.CallExpr, inList bool) bool {
	switch {
	case isServeHTTP(call):
		return true
	case inList:
		return false
	case f.uses(call, f.values):
		return true
	case f.statusAlone && f.writesBody(call):
		return false
	}
	return f.writes(call, f.answer.writer)
}

func isServeHTTP(call *ast.CallExpr) bool {
	s, ok := call.Fun.(*ast.SelectorExpr)
	return ok && s.Sel.Name == "ServeHTTP"
}

// acts reports whether a statement behind the branch of the answer does
// something: a call that is no log and no measurement, or a change of what
// outlives the handler.
func (f follower) acts(n ast.Node) bool {
	if f.answer.has(n) {
		return false
	}
	switch n := n.(type) {
	case *ast.ExprStmt:
		call, ok := n.X.(*ast.CallExpr)
		return ok && !f.isNote(call)
	case *ast.AssignStmt:
		return n.Tok == token.ASSIGN && changesParts(n.Lhs)
	}
	return false
}

// changesParts reports whether one of the left sides of an assignment is a part
// of something.
func changesParts(lefts []ast.Expr) bool {
	for _, left := range lefts {
		switch left.(type) {
		case *ast.IndexExpr, *ast.SelectorExpr:
			return true
		}
	}
	return false
}

var notes = regexp.MustCompile(`(?i)^(log|print|record|report|trace|count|observe|measure|audit` +
	`|(debug|info|warn|error|inc|dec|add|set|end|done|r?unlock|r?lock|close|finish|cancel|flush|stop)f?$)`)

// isNote reports whether a call only takes note of what has happened, or tidies
// up.
func (c checker) isNote(call *ast.CallExpr) bool {
	name := trace.LastName(call.Fun)
	return c.isLog(call) || name == "" || notes.MatchString(name)
}

func (c checker) isLog(call *ast.CallExpr) bool {
	path, _ := trace.Callee(c.TypesInfo, call)
	return path == "log" || path == "log/slog"
}

// writes reports whether a call gets the writer, or is one of its methods. To
// look at its headers is not to write.
func (c checker) writes(call *ast.CallExpr, writer types.Object) bool {
	if s, ok := call.Fun.(*ast.SelectorExpr); ok && s.Sel.Name != "Header" && c.index.Object(s.X) == writer {
		return true
	}
	for _, arg := range call.Args {
		if c.index.Object(arg) == writer {
			return true
		}
	}
	return false
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
