package layout

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// How long things may be, in raw lines and in characters.
const (
	maxFile     = 250
	maxTestFile = 400
	maxFunc     = 40
	p90Func     = 20
	maxColumns  = 120
)

// eachOwnFile is eachGoFile without fixtures, and without the chapters that are
// started: what a learner writes there is theirs.
func eachOwnFile(t *testing.T, f func(name string)) {
	t.Helper()
	eachGoFile(t, func(name string) {
		_, err := os.Stat(filepath.Join(root, ".workbook", chapterOf(name)))
		if os.IsNotExist(err) && !strings.Contains(name, "/testdata/") {
			f(name)
		}
	})
}

func TestFiles_areShort(t *testing.T) {
	eachOwnFile(t, func(name string) {
		most := maxFile
		if strings.HasSuffix(name, "_test.go") {
			most = maxTestFile
		}
		assert.LessOrEqual(t, strings.Count(readFile(t, filepath.Join(root, name)), "\n"), most, name)
	})
}

func TestLines_areShort(t *testing.T) {
	eachOwnFile(t, func(name string) {
		number := 0
		for line := range strings.Lines(readFile(t, filepath.Join(root, name))) {
			number++
			if strings.HasSuffix(name, "example_test.go") && strings.HasPrefix(strings.TrimSpace(line), "//") {
				continue // an output that go compares
			}
			assert.False(t, tooWide(strings.TrimSuffix(line, "\n")), "%s:%d is longer than %d columns", name, number, maxColumns)
		}
	})
}

// tooWide reports whether a line is too long. Links and marks can't be wrapped,
// a row of a table reads better on one line, and so does a small file or an
// output that a row holds as a text with \n in it.
func tooWide(line string) bool {
	text := strings.TrimSpace(line)
	row := strings.HasSuffix(text, "},") || strings.HasPrefix(text, "{") && strings.HasSuffix(text, ",") ||
		strings.Contains(line, `\n`)
	return utf8.RuneCountInString(line) > maxColumns && !row &&
		!strings.Contains(line, "://") && !strings.HasPrefix(text, "//workbook:exercise ")
}

func TestTooWide(t *testing.T) {
	long := strings.Repeat("x", maxColumns)
	rows := []struct {
		name, line string
		want       bool
	}{
		{"120 characters", long, false},
		{"one more", long + "x", true},
		{"characters count, not bytes", strings.Repeat("가", maxColumns), false},
		{"a row of a table", "\t{" + long + "},", false},
		{"the first line of a row", "\t{" + long + ",", false},
		{"the last line of a row", "\t\"" + long + "\"},", false},
		{"a file as a text", "\t\t\"package p\\n" + long + "\",", false},
		{"a block is no row", "\tif " + long + " {", true},
		{"a link", "// https://" + long, false},
		{"a mark", "//workbook:exercise 1.3 " + long, false},
		{"a comment", "// " + long, true},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			assert.Equal(t, row.want, tooWide(row.line))
		})
	}
}

func TestFunctions_areShort(t *testing.T) {
	var lengths []int
	eachOwnFile(t, func(name string) {
		if strings.HasSuffix(name, "_test.go") {
			return
		}
		for _, f := range functions(t, name) {
			lengths = append(lengths, f.lines)
			assert.LessOrEqual(t, f.lines, maxFunc, "%s: %s", name, f.name)
		}
	})
	slices.Sort(lengths)
	assert.LessOrEqual(t, lengths[len(lengths)*9/10], p90Func, "nine of ten functions are at most this long")
}

// function is one declared function or method, and its length in raw lines.
type function struct {
	name  string
	lines int
}

func functions(t *testing.T, name string) []function {
	t.Helper()
	fset := token.NewFileSet()
	file, err := parser.ParseFile(fset, filepath.Join(root, name), nil, parser.SkipObjectResolution)
	require.NoError(t, err)
	var all []function
	for _, decl := range file.Decls {
		if f, ok := decl.(*ast.FuncDecl); ok {
			all = append(all, function{f.Name.Name, fset.Position(f.End()).Line - fset.Position(f.Pos()).Line + 1})
		}
	}
	return all
}
