package layout

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"example.com/authbook/internal/mark"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

var (
	// "| 1.1 `SecurityHeaders` | one middleware | …"
	curriculumLine = regexp.MustCompile("(?m)^\\| (\\d+\\.\\d+) `([^`]+)` \\|")
	// "| [1.1](#11-securityheaders) | one middleware | …"
	chapterLine = regexp.MustCompile(`(?m)^\| \[(\d+\.\d+)\]\(#`)
	// what coursecheck new leaves to be written
	unwritten = regexp.MustCompile(`TODO:|\| TODO`)
)

// An exercise that no table lists is one that no learner looks for.
func TestTables_listEveryExerciseInOrder(t *testing.T) {
	folders, err := filepath.Glob(filepath.Join(root, "0[1-9]-*"))
	require.NoError(t, err)
	require.NotEmpty(t, folders)
	var named []string
	for _, folder := range folders {
		exercises, err := mark.Read(goFiles(t, folder))
		require.NoError(t, err, folder)
		var numbers []string
		for _, e := range exercises {
			numbers = append(numbers, e.ID.String())
			named = append(named, e.String())
		}
		table := chapterLine.FindAllStringSubmatch(readFile(t, filepath.Join(folder, "README.md")), -1)
		assert.Equal(t, numbers, columns(table), "the table at the top of %s/README.md", filepath.Base(folder))
	}
	table := curriculumLine.FindAllStringSubmatch(readFile(t, filepath.Join(root, "docs/curriculum.md")), -1)
	assert.Equal(t, named, columns(table), "docs/curriculum.md")
}

// What coursecheck new leaves to its author is marked, and is not for a learner.
func TestExercises_areWritten(t *testing.T) {
	folders, err := filepath.Glob(filepath.Join(root, "0[1-9]-*"))
	require.NoError(t, err)
	for _, folder := range folders {
		assert.NotRegexp(t, unwritten, readFile(t, filepath.Join(folder, "README.md")), "%s/README.md", filepath.Base(folder))
		exercises, err := mark.Read(goFiles(t, folder))
		require.NoError(t, err, folder)
		for _, e := range exercises {
			wrong, err := filepath.Glob(filepath.Join(folder, "testdata/wrong", e.ID.String()+"-*"))
			require.NoError(t, err)
			assert.GreaterOrEqual(t, len(wrong), 3, "wrong answers of %s", e)
		}
	}
	assert.NotRegexp(t, unwritten, readFile(t, filepath.Join(root, "docs/curriculum.md")), "docs/curriculum.md")
}

// columns joins what a pattern found in each line.
func columns(lines [][]string) []string {
	var all []string
	for _, line := range lines {
		all = append(all, strings.Join(line[1:], " "))
	}
	return all
}

// goFiles returns the Go files of a folder, by name.
func goFiles(t *testing.T, folder string) map[string]string {
	t.Helper()
	paths, err := filepath.Glob(filepath.Join(folder, "*.go"))
	require.NoError(t, err)
	files := map[string]string{}
	for _, path := range paths {
		files[filepath.Base(path)] = readFile(t, path)
	}
	return files
}

func readFile(t *testing.T, path string) string {
	t.Helper()
	text, err := os.ReadFile(path)
	require.NoError(t, err)
	return string(text)
}
