package main

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"example.com/authbook/internal/workbook/fixture"
	"example.com/authbook/internal/workbook/term"
)

func TestMain(m *testing.M) {
	fixture.Main(m, map[string]func(){"coursecheck": func() { os.Exit(process()) }})
}

// TestScripts works on the fixture course as an author does.
func TestScripts(t *testing.T) { testscript.Run(t, fixture.Scripts("testdata/script")) }

// TestScripts_long has what takes longer.
func TestScripts_long(t *testing.T) {
	fixture.SkipUnlessLong(t)
	testscript.Run(t, fixture.Scripts("testdata/long"))
}

// What a learner does to a chapter, be it right or wrong, is no concern of
// prove's.
func TestProve_besideALearner(t *testing.T) {
	tool, out := fixture.Open(t, fixture.NewCourse(t))
	require.NoError(t, fixture.Start(t.Context(), tool.Course, "2"))
	require.NoError(t, os.Remove(filepath.Join(tool.Course.Root, "02-token", "token.go")))
	mine := filepath.Join(tool.Course.Root, "02-token", "mine.go")
	require.NoError(t, tool.Course.Write(mine, "package token\n\nvar Sum = broken(\n"))
	require.NoError(t, prove(t.Context(), deskOf(t, tool, "2")),
		"prove works on the reference")
	assert.Contains(t, out.String(), "✓ 02-token: 2 exercises (0 with lines to order), 2 wrong answers, 5 rows")
}

// The fixture's one rule is listed, and one without a test makes it red.
func TestMatrix(t *testing.T) {
	dir := fixture.NewCourse(t, "02-token/README.md", "# Token\n",
		"# Token\n\n**No sum is no match.** (`TestSame/no_sum`) **Sums are free.**\n")
	tool, out := fixture.Open(t, dir)
	err := matrix(t.Context(), deskOf(t, tool, "2"))
	assert.ErrorIs(t, err, term.ErrRed)
	assert.Contains(t, out.String(), "  TestSame/no_sum\n    wrong answer 2.2-prefix\n")
	assert.Contains(t, out.String(), "✗ 02-token/README.md:3: Sums are free.: the notes name no test behind it\n")
}

// A row that nobody would miss makes the command red, and a chapter without one is
// green.
func TestMutants(t *testing.T) {
	tool, out := fixture.Open(t, fixture.NewCourse(t))
	require.NoError(t, mutants(t.Context(), deskOf(t, tool, "1")))
	assert.Contains(t, out.String(), "✓ 01-greet: borders 2 of 2 killed, the rest 9 of 9 killed\n")
	assert.ErrorIs(t, mutants(t.Context(), deskOf(t, tool, "2")), term.ErrRed)
	assert.Contains(t, out.String(), "✗ 02-token: the row TestSum/of_nothing of 2.1 Sum catches no wrong answer and no mutant\n")
}

func deskOf(t *testing.T, tool *fixture.Tool, word string) desk {
	t.Helper()
	chapters, err := chosen(tool.Course, word)
	require.NoError(t, err)
	return desk{runner: tool.Runner, ui: tool.UI, chapters: chapters}
}

// Of the small course each kind is counted, by question and by exercise.
func TestQuestions(t *testing.T) {
	tool, out := fixture.Open(t, fixture.NewCourse(t))
	require.NoError(t, questions(t.Context(), deskOf(t, tool, "1")))
	assert.Contains(t, out.String(), "01-greet: 5 exercises\n  which of four rows    0 in  0 exercises\n"+
		"  how many rows         4 in  4 exercises\n")
	assert.Contains(t, out.String(), "  why                   1 in  1 exercises\n  trace                 1 in  1 exercises\n")
}
