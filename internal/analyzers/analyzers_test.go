package analyzers

import (
	"cmp"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"example.com/authbook/internal/analyzers/cmporerrors"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/analysistest"
	"golang.org/x/tools/go/analysis/passes/inspect"
)

// TestAnalyzers runs each over its own testdata, where comments say what it must
// report. The packages are loaded together: to load what they import takes seconds.
func TestAnalyzers(t *testing.T) {
	house := append(All(), cmporerrors.Analyzer)
	var packages []string
	for _, a := range house {
		folders, err := filepath.Glob(filepath.Join(a.Name, "testdata", "*"))
		require.NoError(t, err)
		require.NotEmpty(t, folders, "what does %s report?", a.Name)
		for _, folder := range folders {
			packages = append(packages, "./internal/analyzers/"+filepath.ToSlash(folder))
		}
	}
	own := &analysis.Analyzer{Name: "own", Doc: "the analyzer in whose folder the package is",
		Requires: []*analysis.Analyzer{inspect.Analyzer},
		Run: func(pass *analysis.Pass) (any, error) {
			for _, a := range house {
				if strings.Contains(pass.Pkg.Path(), "/"+a.Name+"/testdata/") {
					return a.Run(pass)
				}
			}
			return nil, nil
		}}
	analysistest.Run(t, "../..", own, packages...)
}

const pages = "../../docs/analyzers"

func TestAnalyzers_haveAPage(t *testing.T) {
	contents, err := os.ReadFile(filepath.Join(pages, "README.md"))
	require.NoError(t, err)
	for _, a := range All() {
		t.Run(a.Name, func(t *testing.T) {
			page, err := os.ReadFile(filepath.Join(pages, a.Name+".md"))
			require.NoError(t, err)
			assert.Contains(t, string(contents), "]("+a.Name+".md)", "the list of pages lacks it")
			for _, title := range []string{"## Why", "## Reported", "## Not reported"} {
				assert.Contains(t, string(page), title)
			}
		})
	}
}

// The examples of the pages are lines of the analyzers' tests, under Reported
// those with a finding: what the pages promise is what the analyzers do.
func TestPages_showTestedCode(t *testing.T) {
	example := regexp.MustCompile("<!-- from: (\\w+) -->\n```go\n((?s).*?)```")
	for _, a := range All() {
		t.Run(a.Name, func(t *testing.T) {
			page, err := os.ReadFile(filepath.Join(pages, a.Name+".md"))
			require.NoError(t, err)
			bad, good, ok := strings.Cut(string(page), "## Not reported")
			require.True(t, ok)
			reported := example.FindAllStringSubmatch(bad, -1)
			quiet := example.FindAllStringSubmatch(good, -1)
			require.NotEmpty(t, reported)
			require.NotEmpty(t, quiet)
			for _, m := range reported {
				assertTested(t, m[1], m[2], true)
			}
			for _, m := range quiet {
				assertTested(t, m[1], m[2], false)
			}
			assert.Equal(t, strings.Count(string(page), "```go"), len(reported)+len(quiet), "an example names no source")
		})
	}
}

// assertTested looks for an example in the test data, where a line with a
// finding ends in a comment that says so.
func assertTested(t *testing.T, analyzer, example string, finding bool) {
	t.Helper()
	paths, err := filepath.Glob(filepath.Join(analyzer, "testdata", "a", "*.go"))
	require.NoError(t, err)
	want := regexp.MustCompile(`\s*// want .*`)
	for _, path := range paths {
		text, err := os.ReadFile(path)
		require.NoError(t, err)
		at := strings.Index(want.ReplaceAllString(string(text), ""), example)
		if at < 0 {
			continue
		}
		lines := strings.Split(string(text), "\n")
		first := strings.Count(want.ReplaceAllString(string(text), "")[:at], "\n")
		part := strings.Join(lines[first:first+strings.Count(example, "\n")], "\n")
		family := strings.Contains(example, "SigningMethodHMAC") // its finding is where the parser is made
		assert.Equal(t, finding, want.MatchString(part) || family, "in the tests this is not as the page says:\n%s", example)
		return
	}
	assert.Fail(t, "no test holds this example", example)
}

var (
	fieldRow = regexp.MustCompile(`(?m)^\| (.*) \| (true|debatable|false) \|`)
	lines    = regexp.MustCompile(`[:,] ?\d+(?: \((\d+)\))?`) // ":564 (3), 569": four findings
)

// The sums of field.md are those of the findings that it lists.
func TestField_addsUp(t *testing.T) {
	page, err := os.ReadFile(filepath.Join(pages, "field.md"))
	require.NoError(t, err)
	sections := strings.Split(string(page), "\n## ")
	all := map[string]int{}
	for _, section := range sections[2:] {
		count := map[string]int{}
		for _, row := range fieldRow.FindAllStringSubmatch(section, -1) {
			for _, m := range lines.FindAllStringSubmatch(row[1], -1) {
				n, err := strconv.Atoi(cmp.Or(m[1], "1"))
				require.NoError(t, err)
				count[row[2]] += n
				all[row[2]] += n
			}
		}
		if name, _, _ := strings.Cut(section, "\n"); len(count) > 0 {
			assert.Contains(t, sections[1], sumRow(name, count, ""))
		}
	}
	assert.Contains(t, sections[1], sumRow("**sum**", all, "**"))
	assert.GreaterOrEqual(t, 100*all["true"], 85*(all["true"]+all["debatable"]+all["false"]), "the goal is 85 % true")
}

// sumRow is a line of the table of sums, with a mark around each number.
func sumRow(name string, count map[string]int, mark string) string {
	var row strings.Builder
	row.WriteString("| " + name + " |")
	good, unsure, bad := count["true"], count["debatable"], count["false"]
	for _, n := range []int{good + unsure + bad, good, unsure, bad} {
		fmt.Fprintf(&row, " %s%d%s |", mark, n, mark)
	}
	return row.String()
}
