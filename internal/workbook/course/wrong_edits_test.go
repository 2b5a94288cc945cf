package course

import (
	"testing"

	"example.com/authbook/internal/mark"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestChapter_parseWrong_edits(t *testing.T) {
	ch := &Chapter{Name: "01-x", Exercises: []mark.Exercise{{ID: mark.ID{Chapter: 1, Number: 3}, Name: "T.Get"}}}
	const header = "Wrong: it\nexits.\n\nHint: Stay.\n\nFails:\n  - TestT_Get/b\n  - TestT_Get/a\n\n"
	const imports = "Imports:\n  - \"os\"\n  - rnd \"math/rand/v2\"\n\n"
	const edits = "@@\n \tif a {\n-\t\treturn\n+\t\tos.Exit(1)\n\n \t}\n\n@@ by hand\n-@@ -- odd\n"
	got, err := ch.parseWrong("1.3-exits.diff", header+imports+edits)
	require.NoError(t, err)
	assert.Equal(t, WrongAnswer{
		ID: mark.ID{Chapter: 1, Number: 3}, File: "01-x/testdata/wrong/1.3-exits.diff", name: "T.Get",
		Wrong: "it exits.", Hint: "Stay.", Fails: []string{"TestT_Get/a", "TestT_Get/b"},
		Imports: []ImportSpec{{"", "os"}, {"rnd", "math/rand/v2"}},
		changes: []change{
			{"\tif a {\n\t\treturn\n\n\t}\n", "\tif a {\n\t\tos.Exit(1)\n\n\t}\n"},
			{"@@ -- odd\n", ""},
		},
	}, got, "an empty line is a line of the reference, and none at the end of an edit")

	for _, tt := range []struct{ name, base, text, want string }{
		{"no number", "exits.diff", header + edits, "must begin with the exercise"},
		{"no such exercise", "1.4-exits.diff", header + edits, "there is no exercise 1.4"},
		{"no header", "1.3-exits.diff", edits, "needs the paragraphs Wrong, Hint and Fails"},
		{"no edit", "1.3-exits.diff", header, "has no edit"},
		{"an edit of nothing", "1.3-exits.diff", header + edits + "@@\n", "edit 3: it has no line of the reference"},
		{"only new lines", "1.3-exits.diff", header + edits + "@@\n+\tx()\n",
			"edit 3: it has no line of the reference"},
		{"nothing changes", "1.3-exits.diff", header + "@@\n \tx()\n", "edit 1: it changes nothing"},
		{"a line without a sign", "1.3-exits.diff", header + "@@\n-\ta()\nb()\n",
			`edit 1: the line "b()" must begin with -, + or a space`},
		{"an import that is none", "1.3-exits.diff", header + "Imports:\n  - os\n\n" + edits, "os is not an import"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, err := ch.parseWrong(tt.base, tt.text)
			assert.ErrorContains(t, err, tt.want, "an author must learn what is missing")
			assert.ErrorContains(t, err, tt.base, "and where")
		})
	}
}

func TestApply(t *testing.T) {
	const text = "func F() {\n\ta()\n\tb()\n\ta()\n\ta()\n\n\tc()\n}"
	tests := []struct {
		name    string
		changes []change
		want    string
		err     string
	}{
		{"a line changes", []change{{"\tb()\n", "\tx()\n"}}, "func F() {\n\ta()\n\tx()\n\ta()\n\ta()\n\n\tc()\n}", ""},
		{"a line goes", []change{{"\tb()\n", ""}}, "func F() {\n\ta()\n\ta()\n\ta()\n\n\tc()\n}", ""},
		{"a line comes", []change{{"\tb()\n", "\tb()\n\tx()\n"}},
			"func F() {\n\ta()\n\tb()\n\tx()\n\ta()\n\ta()\n\n\tc()\n}", ""},
		{"the lines around tell which", []change{{"\tb()\n\ta()\n", "\tb()\n"}},
			"func F() {\n\ta()\n\tb()\n\ta()\n\n\tc()\n}", ""},
		{"the first line and the last", []change{{"}\n", "} // end\n"}, {"func F() {\n", "func F() { // begin\n"}},
			"func F() { // begin\n\ta()\n\tb()\n\ta()\n\ta()\n\n\tc()\n} // end", ""},
		{"an edit does not see what another wrote", []change{{"\tb()\n", "\tc()\n"}, {"\tc()\n", "\td()\n"}},
			"func F() {\n\ta()\n\tc()\n\ta()\n\ta()\n\n\td()\n}", ""},
		{"nowhere", []change{{"\tb()\n", ""}, {"\tx()\n\ty()\n", ""}}, "",
			`edit 2: F has no such lines, from "\tx()" on`},
		{"a part of a line is none", []change{{"b()\n", ""}}, "", `edit 1: F has no such lines, from "b()" on`},
		{"twice", []change{{"\ta()\n", ""}}, "", `edit 1: F has these lines more than once, from "\ta()" on`},
		{"twice, one behind the other", []change{{"\ta()\n\ta()\n", ""}, {"\ta()\n", ""}}, "",
			`edit 2: F has these lines more than once`},
		{"two edits of one line", []change{{"\tb()\n", ""}, {"func F() {\n", "func G() {\n"}, {"\tb()\n\ta()\n", ""}},
			"", "edits 1 and 3 change the same lines"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, err := apply(tt.changes, mark.Exercise{Name: "F", Text: text})
			assert.Equal(t, tt.want, got)
			if tt.err == "" {
				assert.NoError(t, err)
				return
			}
			assert.ErrorContains(t, err, tt.err, "an author must find the edit")
		})
	}
}

// An author who changes an exercise learns in a second, not from prove in minutes,
// which wrong answers must follow.
func TestWrongAnswers_apply(t *testing.T) {
	c, err := Open(".")
	require.NoError(t, err)
	chapters, err := c.Chapters()
	require.NoError(t, err)
	for _, ch := range chapters {
		answers, err := ch.WrongAnswers()
		require.NoError(t, err)
		require.NotEmpty(t, answers, ch.Name)
		for _, w := range answers {
			assert.NoError(t, w.Broken, w.File)
		}
	}
}
