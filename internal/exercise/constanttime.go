package exercise

import (
	"go/ast"
	"go/parser"
	"go/token"
	"slices"
	"testing"
)

// ConstantTime fails the test unless the source of the Go file compares with
// crypto/hmac or crypto/subtle. No clock is fine enough to see where a
// comparison stopped, so this rule alone is held by reading the code.
func ConstantTime(t *testing.T, file, source string) {
	t.Helper()
	ok, err := comparesInConstantTime(source)
	if err != nil {
		t.Fatal(err)
	}
	if !ok {
		t.Errorf("expected a comparison from crypto/hmac or crypto/subtle in %s, got none: "+
			"one that stops at the first difference tells by its time how much of a guess was right", file)
	}
}

func comparesInConstantTime(source string) (bool, error) {
	file, err := parser.ParseFile(token.NewFileSet(), "", source, parser.SkipObjectResolution)
	if err != nil {
		return false, err
	}
	return slices.ContainsFunc(selectors(file), isConstantTime), nil
}

func isConstantTime(name string) bool {
	return name == "hmac.Equal" || name == "subtle.ConstantTimeCompare"
}

// selectors lists what a file takes from packages, such as "hmac.Equal".
func selectors(file *ast.File) []string {
	var all []string
	ast.Inspect(file, func(n ast.Node) bool {
		if s, ok := n.(*ast.SelectorExpr); ok {
			if from, ok := s.X.(*ast.Ident); ok {
				all = append(all, from.Name+"."+s.Sel.Name)
			}
		}
		return true
	})
	return all
}
