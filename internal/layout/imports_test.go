package layout

import (
	"go/parser"
	"go/token"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// rule says what one part of the tree may import of the rest.
type rule struct {
	from  string // pattern of the importing folder
	to    string // pattern of the folders it may import
	tests string // pattern of what its tests may import besides
}

const (
	chapters = `0\d-[a-z0-9-]+(/.*)?`
	kits     = `final/internal/(testkit|testdb|contract)`
	shared   = chapters + `|internal/problem` // what the whole server may import
	layers   = `internal/mark|internal/workbook/(term|course|gorun|vcs|proof)`
	toolKit  = `internal/workbook/fixture`
	nothing  = `-`
)

// rules are in order: the first whose from matches decides.
var rules = []rule{
	{from: `final/internal/config`, to: shared + `|final/internal/store`, tests: kits},
	{from: `final/internal/web`, to: shared + `|docs|final/internal/(config|csp|logs|places|store|swagger)`, tests: kits},
	{from: `final/internal/serve`, to: shared + `|internal/mark|final/internal/(config|logs|places|store|web)`, tests: kits},
	{from: `final/internal/ops`, to: shared + `|final/internal/(config|logs|store)`, tests: kits},
	{from: `final/internal/testkit`, to: chapters, tests: nothing},
	{from: `final/internal/swagger`, to: `internal/problem|final/internal/csp`, tests: kits},
	{from: `final/internal/(store|csp|logs|places|contract|testdb)`, to: shared + `|docs`, tests: kits},
	{from: `final(/.*)?`, to: shared + `|docs|final/.*`, tests: nothing},
	{from: `05-deploy(/.*)?`, to: `internal/(problem|mark)`, tests: `internal/exercise`},
	{from: `0\d-[^/]+(/.*)?`, to: `internal/problem`, tests: `internal/exercise`},
	{from: `internal/workbook/term`, to: nothing, tests: nothing},
	{from: `internal/workbook/course`, to: `internal/(mark|workbook/term)`, tests: nothing},
	{from: `internal/workbook/gorun`, to: `internal/(mark|workbook/(term|course))`, tests: nothing},
	{from: toolKit, to: `internal/(mark|workbook/(term|course|gorun))`, tests: nothing},
	{from: `internal/workbook/vcs`, to: `internal/(mark|workbook/(term|course|gorun))`, tests: toolKit},
	{from: `internal/workbook/proof`, to: `internal/(mark|workbook/(term|course|gorun|vcs))`, tests: toolKit},
	{from: `internal/workbook/review`, to: layers + `|internal/analyzers`, tests: toolKit},
	{from: `internal/(workbook|coursecheck)`, to: layers + `|internal/workbook/review`, tests: toolKit},
	{from: `internal/analyzers/[^/]+/testdata/.*`, to: `internal/problem`, tests: nothing},
	{from: `internal/analyzers(/.*)?`, to: `internal/analyzers(/.*)?`, tests: nothing},
	{from: `internal/exercise/testdata/.*`, to: nothing, tests: `internal/exercise`},
	{from: `internal/exercise`, to: `internal/mark`, tests: nothing},
	{from: `docs`, to: nothing, tests: `internal/problem`},
	{from: `internal/layout`, to: nothing, tests: `internal/mark`},
	{from: `internal/(problem|mark)`, to: nothing, tests: nothing},
}

func TestImports(t *testing.T) {
	module := modulePath(t)
	files := 0
	eachGoFile(t, func(name string) {
		files++
		source, err := parser.ParseFile(token.NewFileSet(), filepath.Join(root, name), nil, parser.ImportsOnly)
		require.NoError(t, err)
		for _, spec := range source.Imports {
			imported, err := strconv.Unquote(spec.Path.Value)
			require.NoError(t, err)
			to, ours := strings.CutPrefix(imported, module+"/")
			if !ours {
				continue
			}
			assert.True(t, allowed(name, to), "%s may not import %s: the import rule is in README.md", name, imported)
		}
	})
	require.Greater(t, files, 20, "the walk must have seen the tree")
}

// The rule itself must bite: these imports are the ones it exists to refuse.
func TestAllowed(t *testing.T) {
	rows := []struct {
		name, from, to string
		want           bool
	}{
		{"a chapter imports no other chapter", "03-token-scenarios/x.go", "02-jwt-basics", false},
		{"nor does its test", "03-token-scenarios/x_test.go", "02-jwt-basics", false},
		{"nor a chapter's own code the exercises' helper", "03-token-scenarios/x.go", "internal/exercise", false},
		{"a chapter's test imports the exercises' helper", "03-token-scenarios/x_test.go", "internal/exercise", true},
		{"a command of a chapter imports no other chapter", "02-jwt-basics/inspect/main.go", "01-middleware", false},
		{"a command of a chapter imports its own chapter", "05-deploy/ship/main.go", "05-deploy/internal/agent", true},
		{"a chapter does not import final", "01-middleware/x.go", "final/internal/store", false},
		{"final imports a chapter", "final/x.go", "02-jwt-basics", true},
		{"the configuration is below the routes", "final/internal/config/x.go", "final/internal/web", false},
		{"the routes do not know who serves them", "final/internal/web/x.go", "final/internal/serve", false},
		{"nor does a test of theirs", "final/internal/web/x_test.go", "final/internal/serve", false},
		{"nor the operator's commands", "final/internal/web/x.go", "final/internal/ops", false},
		{"the operator's commands need no routes", "final/internal/ops/x.go", "final/internal/web", false},
		{"the store knows no room", "final/internal/store/x.go", "final/internal/config", false},
		{"a room imports what helps tests in its tests alone", "final/internal/web/x.go", "final/internal/testkit", false},
		{"where they may", "final/internal/web/x_test.go", "final/internal/testkit", true},
		{"final does not import the exercises' helper", "final/x_test.go", "internal/exercise", false},
		{"the workbook's tool imports no chapter", "internal/workbook/x.go", "01-middleware", false},
		{"an analyzer imports nothing of the course", "internal/analyzers/jwtoptions/x.go", "02-jwt-basics", false},
		{"the reader of marks imports nothing", "internal/mark/x.go", "internal/problem", false},
		{"nor does its test", "internal/mark/x_test.go", "internal/workbook", false},
		{"a chapter with no program for the course reads no marks", "04-signup-login/x.go", "internal/mark", false},
		{"nor does its test", "04-signup-login/x_test.go", "internal/mark", false},
		{"the tool that ships reads marks", "05-deploy/ship/x.go", "internal/mark", true},
		{"the server's start reads marks", "final/internal/serve/x.go", "internal/mark", true},
		{"its store reads none", "final/internal/store/x.go", "internal/mark", false},
		{"the exercises' helper reads marks", "internal/exercise/x.go", "internal/mark", true},
		{"and imports nothing else", "internal/exercise/x.go", "internal/problem", false},
		{"the workbook's terminal knows no course", "internal/workbook/term/x.go", "internal/workbook/course", false},
		{"nor does its test", "internal/workbook/term/x_test.go", "internal/workbook/course", false},
		{"the course runs no tests", "internal/workbook/course/x.go", "internal/workbook/gorun", false},
		{"what runs tests knows no git", "internal/workbook/gorun/x.go", "internal/workbook/vcs", false},
		{"git knows no proof", "internal/workbook/vcs/x.go", "internal/workbook/proof", false},
		{"a proof knows no review", "internal/workbook/proof/x.go", "internal/workbook/review", false},
		{"a review knows no command", "internal/workbook/review/x.go", "internal/workbook", false},
		{"a review knows what is below it", "internal/workbook/review/x.go", "internal/workbook/gorun", true},
		{"a layer imports no course for tests", "internal/workbook/proof/x.go", "internal/workbook/fixture", false},
		{"its test does", "internal/workbook/proof/x_test.go", "internal/workbook/fixture", true},
		{"the learner's tool knows no authors' tool", "internal/workbook/x.go", "internal/coursecheck", false},
		{"the authors' tool is built on the layers", "internal/coursecheck/x.go", "internal/workbook/proof", true},
		{"not on the learner's commands", "internal/coursecheck/x.go", "internal/workbook", false},
		{"the workbook's tool reads marks", "internal/workbook/x.go", "internal/mark", true},
		{"the authors' tool reads marks", "internal/coursecheck/x.go", "internal/mark", true},
		{"and imports no chapter", "internal/coursecheck/x.go", "01-middleware", false},
		{"an analyzer reads no marks", "internal/analyzers/jwtoptions/x.go", "internal/mark", false},
		{"an unknown folder imports nothing", "tools/x.go", "internal/problem", false},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			assert.Equal(t, row.want, allowed(row.from, row.to))
		})
	}
}

// allowed reports whether the file may import the folder, both relative to the
// root.
func allowed(file, to string) bool {
	from := path.Dir(file)
	for _, rule := range rules {
		if !matches(rule.from, from) {
			continue
		}
		// An external test imports the package it tests.
		if strings.HasSuffix(file, "_test.go") && (from == to || matches(rule.tests, to)) {
			return true
		}
		// A chapter may have more than one package: a command below the
		// package it shows.
		inChapter := matches(chapters, from) && chapterOf(from) == chapterOf(to)
		return inChapter || matches(rule.to, to)
	}
	return false
}

// chapterOf is the first part of a folder's path.
func chapterOf(folder string) string {
	first, _, _ := strings.Cut(folder, "/")
	return first
}

func matches(pattern, s string) bool {
	return regexp.MustCompile(`^(?:` + pattern + `)$`).MatchString(s)
}

func modulePath(t *testing.T) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(root, "go.mod"))
	require.NoError(t, err)
	first, _, _ := strings.Cut(string(text), "\n")
	return strings.TrimSpace(strings.TrimPrefix(first, "module "))
}
