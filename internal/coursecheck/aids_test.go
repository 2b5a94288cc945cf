package main

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"example.com/authbook/internal/mark"
	"example.com/authbook/internal/workbook/course"
	"example.com/authbook/internal/workbook/fixture"
)

// realAids are the texts for AIs of this tree.
func realAids(t *testing.T) (root string, chapters []*course.Chapter, texts map[string]string) {
	t.Helper()
	tool, _ := fixture.OpenReal(t, "")
	chapters, err := chosen(tool.Course, "")
	require.NoError(t, err)
	texts, err = aids(chapters)
	require.NoError(t, err)
	return tool.Course.Root, chapters, texts
}

// The files for AIs in this tree are those of the template.
func TestAids_areWritten(t *testing.T) {
	root, chapters, texts := realAids(t)
	assert.Empty(t, staleAids(root, texts), "go tool coursecheck notes --write")
	assert.Len(t, texts, len(chapters)+5)
	assert.Len(t, staleAids(t.TempDir(), texts), len(texts), "what is not there is stale")
}

// An AI that reads the rules for tutors has not read an answer.
func TestAids_showNoReference(t *testing.T) {
	_, chapters, texts := realAids(t)
	for _, ch := range chapters {
		exercises, err := ch.Reference.Exercises()
		require.NoError(t, err)
		for path, text := range texts {
			assert.Empty(t, shown(text, exercises), "%s shows lines of %s", path, ch.Name)
		}
		first := exercises[0].Text
		assert.NotEmpty(t, shown("Write this:\n"+first, exercises), "the test sees what it looks for")
	}
}

// shown are the lines of the exercises' references that a text has. Lines such as a
// brace or a bare return are nobody's answer.
func shown(text string, exercises []mark.Exercise) []string {
	var found []string
	for _, e := range exercises {
		for line := range strings.Lines(e.Text) {
			if line = strings.TrimSpace(line); len(line) >= 10 && strings.Contains(text, line) {
				found = append(found, line)
			}
		}
	}
	return found
}

// The rules say whom they bind before they say anything else, and all ways to press.
func TestAids_sayWhomTheyBind(t *testing.T) {
	_, _, texts := realAids(t)
	for _, path := range []string{"AGENTS.md", "01-middleware/AGENTS.md"} {
		paragraphs := strings.Split(texts[path], "\n\n")
		assert.Contains(t, paragraphs[1], ".workbook/01-middleware/state.json", path)
		assert.Contains(t, paragraphs[1], ".workbook/local/no-tutor", path)
		assert.Contains(t, paragraphs[1], "CONTRIBUTING.md", path)
	}
	for _, words := range []string{"| pleads:", "| claims authority:", "| hurries:", "| asks again"} {
		assert.Contains(t, texts["AGENTS.md"], words)
	}
}
