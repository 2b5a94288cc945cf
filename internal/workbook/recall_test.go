package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"example.com/authbook/internal/workbook/course"
	"example.com/authbook/internal/workbook/fixture"
	"example.com/authbook/internal/workbook/term"
)

// recalled runs the command with what somebody types, so many days after today, and
// returns what it printed.
func recalled(t *testing.T, dir, input string, days int, words ...string) string {
	t.Helper()
	s, out := openSession(t, dir)
	s.ui = term.Pipe(strings.NewReader(input), out)
	s.now = func() time.Time { return time.Now().AddDate(0, 0, days) }
	require.NoError(t, recall(t.Context(), s, term.Arguments{Words: words}))
	return out.String()
}

// An exercise comes back three days after it was green. It is written in a copy, and
// the learner's own file stays as it is.
func TestRecall(t *testing.T) {
	dir := fixture.NewCourse(t)
	s, _ := openSession(t, dir)
	own := filepath.Join(dir, "01-greet", "greet.go")
	solved := contentOf(t, own)
	require.NoError(t, fixture.Start(t.Context(), s.course, "1"))
	assert.Contains(t, recalled(t, dir, "", 10), "Nothing is due. Three days after")

	s, _ = openSession(t, dir)
	require.NoError(t, os.WriteFile(own, []byte(solved), 0o600))
	_ = check(t.Context(), s, term.Arguments{Words: []string{"1.2"}})
	assert.Contains(t, recalled(t, dir, "", 2), "Nothing is due before")

	printed := recalled(t, dir, "\nq\n", 4)
	assert.Contains(t, printed, "1.2 Greet\nWrite it again, from memory, in a copy.")
	assert.Contains(t, printed, "TODO 1.2 Greet", "the row says that the copy is blank")
	assert.NotContains(t, printed, "Known")
	again := filepath.Join(dir, ".workbook", "local", "recall", "1.2", "01-greet", "greet.go")
	assert.Contains(t, contentOf(t, again), `panic("TODO 1.2 Greet")`)

	require.NoError(t, os.WriteFile(again, []byte("package greet\n\nvar a nothing\n"), 0o600))
	assert.Contains(t, recalled(t, dir, "\nq\n", 4), "It does not compile: greet.go:3:7: undefined: nothing")

	require.NoError(t, os.WriteFile(again, []byte(solved), 0o600))
	assert.Contains(t, recalled(t, dir, "\n", 4), "Known: every row of 1.2 Greet passes.")
	assert.NoFileExists(t, again)
	assert.Equal(t, solved, contentOf(t, own), "the learner's file is not touched")
	assert.Contains(t, recalled(t, dir, "", 10), "Nothing is due before", "it rests a week now")
	assert.Contains(t, recalled(t, dir, "q\n", 12), "Write it again")
}

func TestRecall_refusesWhatWasNotGreen(t *testing.T) {
	for name, text := range map[string]string{"not started": "", "blank": `panic("TODO 1.2 Greet")`,
		"a try": "return name", "a syntax error": "return :="} {
		t.Run(name, func(t *testing.T) {
			dir := fixture.NewCourse(t)
			s, _ := openSession(t, dir)
			if text != "" {
				require.NoError(t, fixture.Start(t.Context(), s.course, "1"))
				path := filepath.Join(dir, "01-greet", "greet.go")
				try := strings.Replace(contentOf(t, path), `panic("TODO 1.2 Greet")`, text, 1)
				require.NoError(t, os.WriteFile(path, []byte(try), 0o600))
			}
			assert.ErrorContains(t, recall(t.Context(), s, term.Arguments{Words: []string{"1.2"}}),
				"1.2 Greet was not green yet")
		})
	}
}

// The copy has nothing of the reference of what is not written yet, and the rows run all
// the same.
func TestRecall_besideABlankExercise(t *testing.T) {
	dir := fixture.NewCourse(t)
	s, _ := openSession(t, dir)
	own := filepath.Join(dir, "01-greet", "greet.go")
	half := strings.Replace(contentOf(t, own), "return Map(names, Greet)", `panic("TODO 1.4 GreetAll")`, 1)
	require.NoError(t, fixture.Start(t.Context(), s.course, "1"))
	require.NoError(t, os.WriteFile(own, []byte(half), 0o600))
	_ = check(t.Context(), s, term.Arguments{Words: []string{"1.2"}})
	assert.Contains(t, recalled(t, dir, "", 4), "1.2 Greet\nWrite it again")
	again := filepath.Join(dir, ".workbook", "local", "recall", "1.2", "01-greet", "greet.go")
	assert.Contains(t, contentOf(t, again), `panic("TODO 1.4 GreetAll")`)
	require.NoError(t, os.WriteFile(again, []byte(half), 0o600))
	assert.Contains(t, recalled(t, dir, "\n", 4), "Known: every row of 1.2 Greet passes.")
}

// list says that something is due, and is silent for who wants no question now.
func TestList_saysWhatIsDue(t *testing.T) {
	dir := fixture.NewCourse(t)
	s, _ := openSession(t, dir)
	require.NoError(t, fixture.Start(t.Context(), s.course, "1"))
	green := func(p *course.Progress) { p.NoteGreen("1.2", time.Now().AddDate(0, 0, -4)) }
	require.NoError(t, s.course.ChangeProgress(green))
	said := func() string {
		s, out := openSession(t, dir)
		require.NoError(t, list(t.Context(), s, term.Arguments{}))
		return out.String()
	}
	assert.Contains(t, said(), "go tool workbook recall   1 exercise is due")
	local := filepath.Join(dir, ".workbook", "local", "questions.json")
	require.NoError(t, os.WriteFile(local, []byte(`{"until": "2999-01-01T00:00:00Z"}`), 0o600))
	assert.NotContains(t, said(), "recall")
}
