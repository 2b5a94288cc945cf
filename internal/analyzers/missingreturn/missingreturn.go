// Package missingreturn finds handlers that answer an error and then carry on.
// Nothing in http.Error ends the function around it: what follows runs for a
// request that was refused.
package missingreturn

import (
	"go/ast"
	"go/types"

	"example.com/authbook/internal/analyzers/trace"
	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/cfg"
)

// Analyzer reports an error answer after which the handler answers again,
// calls the next handler, or uses the value whose error it has answered; or,
// where nothing was answered before, does anything but take note.
var Analyzer = &analysis.Analyzer{
	Name: "missingreturn",
	Doc:  "report handlers that answer an error and then carry on",
	URL:  "https://pkg.go.dev/net/http#Error",
	Run:  run,
}

// checker looks at the handlers of one package.
type checker struct {
	*analysis.Pass
	index  *trace.Index
	writer *types.Interface // http.ResponseWriter
}

func run(pass *analysis.Pass) (any, error) {
	c := checker{pass, trace.New(pass), responseWriter(pass.Pkg)}
	if c.writer == nil {
		return nil, nil
	}
	for _, file := range pass.Files {
		if trace.IsTest(pass, file) {
			continue
		}
		for n := range ast.Preorder(file) {
			switch n := n.(type) {
			case *ast.FuncDecl:
				c.function(n.Body)
			case *ast.FuncLit:
				c.function(n.Body)
			}
		}
	}
	return nil, nil
}

// responseWriter is the interface, nil in a package that does not import
// net/http and so has no handlers.
func responseWriter(pkg *types.Package) *types.Interface {
	for _, imported := range pkg.Imports() {
		if imported.Path() == "net/http" {
			return imported.Scope().Lookup("ResponseWriter").Type().Underlying().(*types.Interface)
		}
	}
	return nil
}

// function looks at one body; functions inside it are looked at by themselves.
func (c checker) function(body *ast.BlockStmt) {
	if body == nil {
		return
	}
	var answers []answer
	c.find(body, body, nil, &answers)
	if len(answers) == 0 {
		return
	}
	graph := cfg.New(body, c.mayReturn)
	for _, a := range answers {
		if a.flags(c, body) {
			continue
		}
		if next := c.carriesOn(graph, a, c.isFirst(a, body)); next != nil {
			c.Reportf(a.call.Pos(), "the error is answered here, and the handler carries on at line %d: return first", c.Fset.Position(next.Pos()).Line)
		}
	}
}

// find collects the answers in a list of statements. around is the if whose
// branch the list is.
func (c checker) find(n ast.Node, list ast.Node, around *ast.IfStmt, answers *[]answer) {
	ast.Inspect(n, func(m ast.Node) bool {
		switch m := m.(type) {
		case *ast.FuncLit, *ast.DeferStmt:
			return false
		case *ast.IfStmt:
			if m == n {
				return true
			}
			c.find(m.Body, m.Body, m, answers)
			if m.Else != nil {
				c.find(m.Else, m.Else, m, answers)
			}
			return false
		case *ast.SwitchStmt:
			for _, clause := range m.Body.List {
				known := len(*answers)
				c.find(clause, clause, nil, answers)
				for i := range (*answers)[known:] {
					if a := &(*answers)[known+i]; a.list == clause {
						a.choice = m
					}
				}
			}
			return false
		case *ast.BlockStmt, *ast.CaseClause, *ast.CommClause:
			if m == n {
				return true
			}
			c.find(m, m, nil, answers)
			return false
		case *ast.ExprStmt:
			if call, ok := ast.Unparen(m.X).(*ast.CallExpr); ok {
				if w := c.answers(call); w != nil {
					*answers = append(*answers, answer{call: call, statement: m, writer: w, list: list, around: around})
				}
			}
		}
		return true
	})
}

// carriesOn returns what the handler does after an answer that it must not do.
// first is set when the answer is the first thing that happens to the writer.
func (c checker) carriesOn(graph *cfg.CFG, a answer, first bool) ast.Node {
	values, status := c.failed(a), a.isStatusAlone(c)
	seen := map[*cfg.Block]bool{}
	var walk func(b *cfg.Block, from int) ast.Node
	walk = func(b *cfg.Block, from int) ast.Node {
		for _, n := range b.Nodes[from:] {
			if c.mustNot(n, a, values, status) || first && !status && c.acts(n, a) {
				return n
			}
		}
		for _, next := range b.Succs {
			if !seen[next] {
				seen[next] = true
				if found := walk(next, 0); found != nil {
					return found
				}
			}
		}
		return nil
	}
	for _, b := range graph.Blocks {
		for i, n := range b.Nodes {
			if n == ast.Node(a.statement) || n == ast.Node(a.call) {
				return walk(b, i+1)
			}
		}
	}
	return nil
}

// mustNot reports whether a statement may not follow an answer. What stands in
// the same list as the answer belongs to it: the body behind a status.
func (c checker) mustNot(n ast.Node, a answer, values []types.Object, status bool) bool {
	inList := a.list.Pos() <= n.Pos() && n.Pos() < a.list.End()
	switch n.(type) {
	case *ast.DeferStmt, *ast.GoStmt:
		return false
	}
	found := false
	ast.Inspect(n, func(m ast.Node) bool {
		if call, ok := m.(*ast.CallExpr); ok {
			found = found || isServeHTTP(call) || !inList && (c.writes(call, a.writer) && !(status && c.writesBody(call)) || c.uses(call, values))
		}
		return !found
	})
	return found
}

func isServeHTTP(call *ast.CallExpr) bool {
	s, ok := call.Fun.(*ast.SelectorExpr)
	return ok && s.Sel.Name == "ServeHTTP"
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

// mayReturn knows the usual functions that do not return.
func (c checker) mayReturn(call *ast.CallExpr) bool {
	if name, ok := ast.Unparen(call.Fun).(*ast.Ident); ok && name.Name == "panic" {
		return false
	}
	path, name := trace.Callee(c.TypesInfo, call)
	switch path + "." + name {
	case "os.Exit", "runtime.Goexit", "log.Fatal", "log.Fatalf", "log.Fatalln", "log.Panic", "log.Panicf", "log.Panicln":
		return false
	}
	return true
}
