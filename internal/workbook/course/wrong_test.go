package course

import (
	"os"
	"path/filepath"
	"testing"

	"example.com/authbook/internal/mark"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestChapter_parseWrong(t *testing.T) {
	ch := &Chapter{Name: "01-x", Exercises: []mark.Exercise{{ID: mark.ID{Chapter: 1, Number: 3}, Name: "T.Get"}}}
	const body = "package x\n\nimport \"os\"\n\n// A comment.\nfunc (t *T[K]) Get() {\n\tos.Exit(1)\n}\n"
	const header = "// Wrong: it\n// exits.\n//\n// Hint: Stay.\n//\n// Fails:\n//   - TestT_Get/b\n//   - TestT_Get/a\n"
	got, err := ch.parseWrong("1.3-exits.go", header+body)
	require.NoError(t, err)
	assert.Equal(t, WrongAnswer{
		ID: mark.ID{Chapter: 1, Number: 3}, File: "01-x/testdata/wrong/1.3-exits.go", name: "T.Get",
		Wrong: "it exits.", Hint: "Stay.", Fails: []string{"TestT_Get/a", "TestT_Get/b"},
		Text: "func (t *T[K]) Get() {\n\tos.Exit(1)\n}", Imports: []ImportSpec{{"", "os"}},
	}, got)

	for _, tt := range []struct{ name, base, text, want string }{
		{"no number", "exits.go", header + body, "must begin with the exercise"},
		{"no such exercise", "1.4-exits.go", header + body, "there is no exercise 1.4"},
		{"no header", "1.3-exits.go", body, "needs the paragraphs Wrong, Hint and Fails"},
		{"no rows", "1.3-exits.go", "// Wrong: a\n//\n// Hint: b\n" + body, "needs the paragraphs"},
		{"another declaration", "1.3-exits.go", header + "package x\n\nfunc Get() {}\n", "does not declare T.Get"},
		{"a syntax error", "1.3-exits.go", header + "package x\n\nfunc (", "expected"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, err := ch.parseWrong(tt.base, tt.text)
			assert.ErrorContains(t, err, tt.want, "an author must learn what is missing")
		})
	}
}

// What an author has not finished stops nobody who wants a hint.
func TestChapter_WrongAnswers_thatCannotBeRead(t *testing.T) {
	root := t.TempDir()
	for name, text := range map[string]string{
		"go.mod":                                   "module x\n",
		"01-x/doc.go":                              "package x\n\n//workbook:exercise 1.1\nfunc F() {\n\ta()\n}\n",
		"01-x/testdata/wrong/1.1-b.diff":           "Wrong: b.\n\nHint: B.\n\nFails:\n  - TestF\n\n@@\n-\ta()\n+\tb()\n",
		"01-x/testdata/wrong/1.1-draft.diff":       "Wrong: to do.\n\n@@\n-\ta()\n",
		"01-x/testdata/wrong/1.1-stale.diff":       "Wrong: c.\n\nHint: C.\n\nFails:\n  - TestF\n\n@@\n-\tc()\n+\tb()\n",
		"01-x/testdata/wrong/1.9-other.diff":       "Wrong: d.\n",
		"01-x/testdata/wrong/1.1-folder.diff/a.go": "package a\n",
	} {
		require.NoError(t, os.MkdirAll(filepath.Dir(filepath.Join(root, name)), 0o755))
		require.NoError(t, os.WriteFile(filepath.Join(root, name), []byte(text), 0o600))
	}
	c, err := Open(root)
	require.NoError(t, err)
	ch, err := c.Chapter("1")
	require.NoError(t, err)
	answers, err := ch.WrongAnswers()
	require.NoError(t, err)
	broken := map[string]string{}
	for _, w := range answers {
		if broken[w.Short()] = ""; w.Broken != nil {
			broken[w.Short()] = w.Broken.Error()
		}
	}
	require.Len(t, broken, 5, "each is listed")
	assert.Empty(t, broken["1.1-b"])
	for name, want := range map[string]string{
		"1.1-draft":  "01-x/testdata/wrong/1.1-draft.diff: it needs the paragraphs Wrong, Hint and Fails",
		"1.1-stale":  "01-x/testdata/wrong/1.1-stale.diff: edit 1: F has no such lines",
		"1.9-other":  "01-x/testdata/wrong/1.9-other.diff: there is no exercise 1.9",
		"1.1-folder": "01-x/testdata/wrong/1.1-folder.diff: read ",
	} {
		assert.Contains(t, broken[name], want, "its author must learn why")
	}
}
