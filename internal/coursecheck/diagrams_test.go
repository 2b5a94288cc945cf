package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"example.com/authbook/internal/workbook/course"
	"example.com/authbook/internal/workbook/fixture"
)

// A diagram that was changed is not drawn, in either language, and its old picture is idle.
func TestDiagrams(t *testing.T) {
	ch := &course.Chapter{Number: 7, Name: "07-x", Dir: t.TempDir()}
	write := func(name, text string) {
		require.NoError(t, os.MkdirAll(filepath.Dir(filepath.Join(ch.Dir, name)), 0o755))
		require.NoError(t, os.WriteFile(filepath.Join(ch.Dir, name), []byte(text), 0o644))
	}
	write("README.md", "```mermaid\na --> b\n```\n\n```go\nx\n```\n")
	write("README.ko.md", "```mermaid\n가 --> 나\n```\n")
	write(course.DiagramFile("a --> b\n"), "drawn")
	problems, err := diagramsOf(t.Context(), ch, false)
	require.NoError(t, err)
	assert.Equal(t, []string{
		"07-x: a diagram (가 --> 나) is not drawn as it is now: go tool coursecheck notes --write 7"}, problems)

	write(course.DiagramFile("가 --> 나\n"), "drawn")
	write("README.md", "```mermaid\na --> c\n```\n")
	problems, err = diagramsOf(t.Context(), ch, false)
	require.NoError(t, err)
	require.Len(t, problems, 2)
	assert.Contains(t, problems[0], "(a --> c)")
	assert.Contains(t, problems[1], course.DiagramFile("a --> b\n"))

	write("README.md", "no diagram any more")
	_, err = diagramsOf(t.Context(), ch, true)
	require.NoError(t, err)
	problems, err = diagramsOf(t.Context(), ch, false)
	require.NoError(t, err)
	assert.Empty(t, problems, "--write deletes what no page has")
}

var label = regexp.MustCompile(`<(?:text|tspan)[^>]*>([^<]+)`)

// The pictures in the tree say what Mermaid draws of their sources today.
func TestDiagrams_drawnAnew(t *testing.T) {
	fixture.SkipUnlessLong(t)
	for _, name := range []string{"npm", "chromium"} {
		if _, err := exec.LookPath(name); err != nil {
			t.Skip(name + " is missing")
		}
	}
	root, err := fixture.Root()
	require.NoError(t, err)
	c, err := course.Open(root)
	require.NoError(t, err)
	for _, name := range c.Names {
		page, err := os.ReadFile(filepath.Join(root, name, "README.md"))
		require.NoError(t, err)
		sources := course.Diagrams(string(page))
		anew, err := draw(t.Context(), sources)
		if err != nil {
			t.Skipf("Mermaid can't be fetched or run here: %v", err)
		}
		for i, source := range sources {
			kept, err := os.ReadFile(filepath.Join(root, name, course.DiagramFile(source)))
			require.NoError(t, err, source)
			assert.Equal(t, labels(anew[i]), labels(string(kept)), source)
		}
	}
}

// labels are the words of a picture.
func labels(picture string) (words []string) {
	for _, m := range label.FindAllStringSubmatch(picture, -1) {
		words = append(words, m[1])
	}
	return slices.Clip(words)
}
