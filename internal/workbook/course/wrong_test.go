package course

import (
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
