// Package missingreturn finds handlers that answer an error and then carry on.
// Nothing in http.Error ends the function around it: what follows runs for a
// request that was refused.
package missingreturn

import (
	"go/ast"
	"go/types"

	"example.com/authbook/internal/analyzers/trace"
	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/passes/inspect"
	"golang.org/x/tools/go/ast/edge"
	"golang.org/x/tools/go/ast/inspector"
	"golang.org/x/tools/go/cfg"
)

// Analyzer reports an error answer after which the handler answers again,
// calls the next handler, or uses the value whose error it has answered; or,
// where nothing was answered before, does anything but take note.
var Analyzer = &analysis.Analyzer{
	Name:     "missingreturn",
	Doc:      "report handlers that answer an error and then carry on",
	URL:      "https://pkg.go.dev/net/http#Error",
	Requires: []*analysis.Analyzer{inspect.Analyzer},
	Run:      run,
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
	for file := range trace.Files(pass, false) {
		for f := range file.Preorder((*ast.FuncDecl)(nil), (*ast.FuncLit)(nil)) {
			if body, ok := bodyOf(f); ok {
				c.function(body)
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

// bodyOf is the body of a function, if it has one.
func bodyOf(f inspector.Cursor) (inspector.Cursor, bool) {
	last, ok := f.LastChild()
	kind := edge.Invalid
	if ok {
		kind = last.ParentEdgeKind()
	}
	return last, kind == edge.FuncDecl_Body || kind == edge.FuncLit_Body
}

// function looks at one body; functions inside it are looked at by themselves.
func (c checker) function(body inspector.Cursor) {
	answers := c.answersIn(body)
	if len(answers) == 0 {
		return
	}
	block := body.Node().(*ast.BlockStmt)
	graph := cfg.New(block, c.mayReturn)
	for _, a := range answers {
		if c.flags(a, block) {
			continue
		}
		if next := c.follow(graph, a, block); next != nil {
			c.Reportf(a.call.Pos(), "the error is answered here, and the handler carries on at line %d: return first",
				c.Fset.Position(next.Pos()).Line)
		}
	}
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
