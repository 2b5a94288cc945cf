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
	from  *regexp.Regexp // the importing folder
	to    *regexp.Regexp // the folders it may import
	tests *regexp.Regexp // what its tests may import besides
}

func allow(from, to, tests string) rule { return rule{whole(from), whole(to), whole(tests)} }

// whole is a pattern of a whole path.
func whole(pattern string) *regexp.Regexp { return regexp.MustCompile(`^(?:` + pattern + `)$`) }

const (
	chapters = `0\d-[a-z0-9-]+(/.*)?`
	kits     = `final/internal/(testkit|testdb|contract|plugs)`
	shared   = chapters + `|internal/(problem|lang)` // what the whole server may import
	layers   = `internal/(mark|text)|internal/workbook/(term|course|gorun|ask|vcs|proof)`
	toolKit  = `internal/workbook/fixture`
	nothing  = `-`
)

var inChapter = whole(chapters)

// rules are in order: the first whose from matches decides.
var rules = []rule{
	allow(`final/internal/config`, shared+`|final/internal/store|internal/onlyhere`, kits),
	allow(`final/internal/web`, shared+`|docs|final/internal/(config|csp|lab|logs|places|plugs|store|swagger)`, kits),
	allow(`final/internal/serve`, shared+`|internal/mark|final/internal/(config|logs|places|store|web)`, kits),
	allow(`final/internal/ops`, shared+`|final/internal/(config|logs|store)`, kits),
	allow(`final/internal/testkit`, chapters, nothing),
	allow(`final/internal/lab`, shared+`|final/internal/plugs|internal/onlyhere`, kits),
	allow(`final/internal/swagger`, `internal/problem|final/internal/csp`, kits),
	allow(`final/internal/(store|csp|logs|places|plugs|contract|testdb)`, shared+`|docs`, kits),
	allow(`final`, shared+`|docs|final/.*|internal/text`, nothing),
	allow(`final(/.*)?`, shared+`|docs|final/.*`, nothing),
	allow(`05-deploy(/.*)?`, `internal/(problem|mark)`, `internal/exercise`),
	allow(`0\d-[^/]+(/.*)?`, `internal/problem`, `internal/exercise(/scenario)?`),
	allow(`internal/workbook/term`, `internal/text`, nothing),
	allow(`internal/workbook/course`, `internal/(mark|text|workbook/term)`, nothing),
	allow(`internal/workbook/gorun`, `internal/(mark|text|workbook/(term|course))`, nothing),
	allow(`internal/workbook/ask`, `internal/(mark|text|workbook/(term|course|gorun))`, toolKit),
	allow(toolKit, `internal/(mark|workbook/(term|course|gorun))`, nothing),
	allow(`internal/workbook/vcs`, `internal/(mark|text|workbook/(term|course|gorun))`, toolKit),
	allow(`internal/workbook/proof`, `internal/(mark|text|workbook/(term|course|gorun|ask|vcs))`, toolKit),
	allow(`internal/workbook/review`, layers+`|internal/analyzers`, toolKit),
	allow(`internal/workbook/book`, `internal/(mark|text|lang|onlyhere|workbook/(term|course|gorun|ask))`, toolKit),
	allow(`internal/workbook`, layers+`|internal/workbook/(review|book)|internal/(attack|onlyhere)`, toolKit),
	allow(`internal/coursecheck`, layers+`|internal/workbook/review`, toolKit),
	allow(`internal/attack/target`, `0[1-4]-[^/]+|internal/(attack|problem)`, nothing),
	allow(`internal/analyzers/[^/]+/testdata/.*`, `internal/problem`, nothing),
	allow(`internal/analyzers(/.*)?`, `internal/analyzers(/.*)?`, nothing),
	allow(`internal/exercise/testdata/.*`, nothing, `internal/exercise`),
	allow(`internal/exercise`, `internal/(mark|text)`, nothing),
	allow(`internal/exercise/scenario`, `internal/(exercise|problem|text)`, nothing),
	allow(`docs`, nothing, `internal/problem`),
	allow(`internal/layout`, nothing, `internal/mark`),
	allow(`internal/attack`, `internal/text`, nothing),
	allow(`internal/(problem|mark|text|lang|onlyhere)`, nothing, nothing),
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
		{"the lab shows chapters", "final/internal/lab/x.go", "02-jwt-basics", true},
		{"and knows no route", "final/internal/lab/x.go", "final/internal/web", false},
		{"the plugs know no room", "final/internal/plugs/x.go", "final/internal/web", false},
		{"the store needs no plugs", "final/internal/store/x.go", "final/internal/plugs", false},
		{"its tests join the stores in memory by them", "final/internal/store/x_test.go", "final/internal/plugs", true},
		{"the store knows no room", "final/internal/store/x.go", "final/internal/config", false},
		{"a room imports what helps tests in its tests alone", "final/internal/web/x.go", "final/internal/testkit", false},
		{"where they may", "final/internal/web/x_test.go", "final/internal/testkit", true},
		{"the server's command line speaks the operator's language", "final/x.go", "internal/text", true},
		{"its rooms know none", "final/internal/config/x.go", "internal/text", false},
		{"nor does what measures it", "final/loadtest/x.go", "internal/text", false},
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
		{"the book knows no command", "internal/workbook/book/x.go", "internal/workbook", false},
		{"nor what is proved", "internal/workbook/book/x.go", "internal/workbook/proof", false},
		{"the learner's tool knows no authors' tool", "internal/workbook/x.go", "internal/coursecheck", false},
		{"the authors' tool is built on the layers", "internal/coursecheck/x.go", "internal/workbook/proof", true},
		{"not on the learner's commands", "internal/coursecheck/x.go", "internal/workbook", false},
		{"the workbook's tool reads marks", "internal/workbook/x.go", "internal/mark", true},
		{"the authors' tool reads marks", "internal/coursecheck/x.go", "internal/mark", true},
		{"and imports no chapter", "internal/coursecheck/x.go", "01-middleware", false},
		{"the attacks are the workbook's", "internal/workbook/x.go", "internal/attack", true},
		{"and no part of the server", "final/x.go", "internal/attack", false},
		{"in none of its rooms", "final/internal/web/x.go", "internal/attack", false},
		{"nor in its tests", "final/x_test.go", "internal/attack", false},
		{"nor in a chapter", "02-jwt-basics/forge/x.go", "internal/attack", false},
		{"the server with a hole is built from chapters", "internal/attack/target/x.go", "02-jwt-basics", true},
		{"and from nothing of final", "internal/attack/target/x.go", "final/internal/web", false},
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
		if !rule.from.MatchString(from) {
			continue
		}
		// An external test imports the package it tests.
		if strings.HasSuffix(file, "_test.go") && (from == to || rule.tests.MatchString(to)) {
			return true
		}
		// A chapter may have more than one package: a command below the
		// package it shows.
		own := inChapter.MatchString(from) && chapterOf(from) == chapterOf(to)
		return own || rule.to.MatchString(to)
	}
	return false
}

// chapterOf is the first part of a folder's path.
func chapterOf(folder string) string {
	first, _, _ := strings.Cut(folder, "/")
	return first
}

func modulePath(t *testing.T) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(root, "go.mod"))
	require.NoError(t, err)
	first, _, _ := strings.Cut(string(text), "\n")
	return strings.TrimSpace(strings.TrimPrefix(first, "module "))
}
