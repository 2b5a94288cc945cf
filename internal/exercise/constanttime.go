package exercise

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// ConstantTime fails the test unless a Go file of the package under test
// compares with crypto/hmac or crypto/subtle. No clock is fine enough to see
// where a comparison stopped, so this rule alone is held by reading the code.
func ConstantTime(t *testing.T, file string) {
	t.Helper()
	source, err := readCompiled(file)
	if err != nil {
		t.Fatal(err)
	}
	ok, err := comparesInConstantTime(source)
	if err != nil {
		t.Fatal(err)
	}
	if !ok {
		t.Errorf("expected a comparison from crypto/hmac or crypto/subtle in %s, got none: "+
			"one that stops at the first difference tells by its time how much of a guess was right", file)
	}
}

// Imports are the packages that a Go file of the package under test imports. No
// number shows by which of them it was made.
func Imports(t *testing.T, file string) (paths []string) {
	t.Helper()
	source, err := readCompiled(file)
	if err != nil {
		t.Fatal(err)
	}
	parsed, err := parser.ParseFile(token.NewFileSet(), "", source, parser.ImportsOnly)
	if err != nil {
		t.Fatal(err)
	}
	for _, spec := range parsed.Imports {
		paths = append(paths, strings.Trim(spec.Path.Value, "`\""))
	}
	return paths
}

// readCompiled reads a file of the package under test as it was compiled.
func readCompiled(file string) (string, error) {
	path, err := filepath.Abs(file)
	if err != nil {
		return "", err
	}
	overlay, err := readOverlay(os.Getenv(overlayVariable))
	if err != nil {
		return "", err
	}
	if replacement, ok := overlay[path]; ok {
		path = replacement
	}
	text, err := os.ReadFile(path)
	return string(text), err
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
