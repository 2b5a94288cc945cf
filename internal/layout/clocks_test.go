package layout

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// The chapters that judge by the time ask a clock that their caller may replace:
// a function named clock falls back on this machine's, and nothing else reads it.
// A program (package main) has no caller.
var timed = whole(`0[234]-[^/]+(/.*)?`)

// readsClock are the functions of package time that read this machine's clock.
var readsClock = map[string]bool{"Now": true, "Since": true, "Until": true}

func TestClocks(t *testing.T) {
	eachOwnFile(t, func(name string) {
		if !timed.MatchString(path.Dir(name)) || strings.HasSuffix(name, "_test.go") {
			return
		}
		for _, in := range clockReaders(t, readFile(t, filepath.Join(root, name))) {
			assert.Equal(t, "clock", in, "%s: only a function named clock reads this machine's clock", name)
		}
	})
}

func TestClockReaders(t *testing.T) {
	const head = "package p\nimport \"time\"\n"
	assert.Equal(t, []string{"late"}, clockReaders(t, head+"func late() bool { return time.Since(x) > 1 }"))
	assert.Equal(t, []string{""}, clockReaders(t, head+"var now = time.Now"), "a reference is one too")
	assert.Empty(t, clockReaders(t, head+"func f() { <-time.After(1); other.Now() }"))
	assert.Empty(t, clockReaders(t, "package main\nimport \"time\"\nfunc main() { time.Now() }"))
}

// clockReaders names the function around each use of this machine's clock; "" is
// outside of all.
func clockReaders(t *testing.T, source string) (functions []string) {
	t.Helper()
	file, err := parser.ParseFile(token.NewFileSet(), "", source, parser.SkipObjectResolution)
	require.NoError(t, err)
	if file.Name.Name == "main" {
		return nil
	}
	for _, declaration := range file.Decls {
		name := ""
		if f, ok := declaration.(*ast.FuncDecl); ok {
			name = f.Name.Name
		}
		ast.Inspect(declaration, func(n ast.Node) bool {
			if used, ok := n.(*ast.SelectorExpr); ok && isClock(used) {
				functions = append(functions, name)
			}
			return true
		})
	}
	return functions
}

func isClock(used *ast.SelectorExpr) bool {
	from, ok := used.X.(*ast.Ident)
	return ok && from.Name == "time" && readsClock[used.Sel.Name]
}
