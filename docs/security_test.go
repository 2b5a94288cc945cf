package docs

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// securityRow is one requirement of security.md.
type securityRow struct {
	number string
	tests  []string // "folder TestName" or "folder TestName/a row"
}

func securityRows(t *testing.T) []securityRow {
	t.Helper()
	text, err := os.ReadFile("security.md")
	require.NoError(t, err)
	row := regexp.MustCompile(`(?m)^\| (\d+\.\d+) \|.*\| ([^|]*) \|$`)
	name := regexp.MustCompile("`([^`]+)`")
	var rows []securityRow
	for _, match := range row.FindAllStringSubmatch(string(text), -1) {
		r := securityRow{number: match[1]}
		for _, test := range name.FindAllStringSubmatch(match[2], -1) {
			r.tests = append(r.tests, test[1])
		}
		rows = append(rows, r)
	}
	return rows
}

// A requirement that names a test which is gone is held by nothing.
func TestSecurity_namesTestsThatExist(t *testing.T) {
	rows := securityRows(t)
	require.NotEmpty(t, rows)
	requirements := map[string]bool{}
	numbers := map[string]bool{}
	sources := map[string]string{}
	for _, row := range rows {
		assert.False(t, numbers[row.number], "%s comes twice", row.number)
		numbers[row.number] = true
		requirements[strings.Split(row.number, ".")[0]] = true
		assert.NotEmpty(t, row.tests, "%s is held by nothing", row.number)
		for _, test := range row.tests {
			folder, name, _ := strings.Cut(test, " ")
			if _, ok := sources[folder]; !ok {
				sources[folder] = testSources(t, folder)
			}
			assert.NoError(t, exists(sources[folder], folder, name), "row %s", row.number)
		}
	}
	for _, number := range []string{"1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12", "13", "14"} {
		assert.True(t, requirements[number], "requirement %s has no row", number)
	}
}

func TestExists_misses(t *testing.T) {
	const source = "func TestA(t *testing.T) {\n\t{\"a row\", 1},\n}\nfunc FuzzB(f *testing.F) {}\nfunc BenchmarkC(b *testing.B) {}\n"
	for _, name := range []string{"TestA", "TestA/a row", "FuzzB", "BenchmarkC"} {
		assert.NoError(t, exists(source, "x", name))
	}
	for _, name := range []string{"Test", "TestAB", "TestA/another row", "FuzzA", ""} {
		assert.Error(t, exists(source, "x", name), name)
	}
	assert.NoError(t, exists(`  step "go vet" go vet`, ".ci/run", "go vet"))
	assert.Error(t, exists(`  step "go vet" go vet`, ".ci/run", "go"))
}

// testSources returns all test files of a folder, or the text of .ci/run.
func testSources(t *testing.T, folder string) string {
	t.Helper()
	files := []string{filepath.Join("..", folder)}
	if folder != ".ci/run" {
		var err error
		files, err = filepath.Glob(filepath.Join("..", folder, "*_test.go"))
		require.NoError(t, err)
	}
	require.NotEmpty(t, files, folder)
	var all strings.Builder
	for _, file := range files {
		text, err := os.ReadFile(file)
		require.NoError(t, err)
		all.Write(text)
	}
	return all.String()
}

// exists reports that source has no such test, row or step.
func exists(source, folder, name string) error {
	if folder == ".ci/run" {
		return contains(source, `step "`+name+`"`)
	}
	test, row, hasRow := strings.Cut(name, "/")
	kind := map[byte]string{'T': "(t *testing.T)", 'F': "(f *testing.F)", 'B': "(b *testing.B)"}
	if test == "" {
		return contains("", "a name")
	}
	if err := contains(source, "func "+test+kind[test[0]]); err != nil || !hasRow {
		return err
	}
	return contains(source, `"`+row+`"`)
}

type missing string

func (m missing) Error() string { return "nothing has " + string(m) }

func contains(source, part string) error {
	if strings.Contains(source, part) {
		return nil
	}
	return missing(part)
}
