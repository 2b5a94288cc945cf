package trace

import (
	"go/ast"
	"iter"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/passes/inspect"
	"golang.org/x/tools/go/ast/inspector"
)

// Each goes through the nodes of one type below n, n too, in the order of the
// source.
func Each[T ast.Node](n ast.Node) iter.Seq[T] {
	return func(yield func(T) bool) {
		for n := range ast.Preorder(n) {
			if t, ok := n.(T); ok && !yield(t) {
				return
			}
		}
	}
}

// Files goes through the files of a package that are tests, or through those
// that are not. An analyzer that uses it requires [inspect.Analyzer].
func Files(pass *analysis.Pass, tests bool) iter.Seq[inspector.Cursor] {
	return func(yield func(inspector.Cursor) bool) {
		for file := range pass.ResultOf[inspect.Analyzer].(*inspector.Inspector).Root().Children() {
			if IsTest(pass, file.Node().(*ast.File)) == tests && !yield(file) {
				return
			}
		}
	}
}
