package review

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"example.com/authbook/internal/workbook/ask"
	"example.com/authbook/internal/workbook/course"
	"example.com/authbook/internal/workbook/fixture"
	"example.com/authbook/internal/workbook/gorun"
	"example.com/authbook/internal/workbook/proof"
	"example.com/authbook/internal/workbook/term"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// allGreen is what pr knows of a chapter that is done, and a terminal on which somebody
// types.
func allGreen(t *testing.T, typed string) (*fixture.Tool, inspection, *term.UI, *bytes.Buffer) {
	t.Helper()
	a, _ := fixture.Open(t, fixture.NewCourse(t))
	ch, err := a.Course.Chapter("1")
	require.NoError(t, err)
	p := inspection{Report: gorun.Report{Chapter: ch, Chosen: ch.Exercises}}
	for _, e := range ch.Exercises {
		p.Verdicts = append(p.Verdicts, gorun.Verdict{Exercise: e, Status: gorun.Passes})
	}
	var out bytes.Buffer
	ui := term.Pipe(strings.NewReader(typed), &out)
	ui.Screen = true
	return a, p, ui, &out
}

func TestAskOwn(t *testing.T) {
	rows := []struct {
		name, typed string
		says        []string
		guesses     int
		silenced    bool
	}{
		{"a guess goes into the text if the learner says so", "a\ny\n",
			[]string{"01-greet/greet.go:1", "of 'Greet'", "Which row turns red then?", "a)", "Put your guesses into the text"}, 1, false},
		{"and stays away otherwise", "a\n\n", []string{"Put your guesses into the text"}, 0, false},
		{"Enter skips, and nothing is asked about the text", "\n", []string{"Which row turns red then?"}, 0, false},
		{"later silences all", "later\n", []string{"Which row turns red then?"}, 0, true},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			t.Parallel()
			a, p, ui, out := allGreen(t, row.typed)
			guesses, err := askOwn(t.Context(), a.Runner, ui, p)
			require.NoError(t, err)
			assert.Len(t, guesses, row.guesses)
			for _, text := range row.says {
				assert.Contains(t, out.String(), text)
			}
			assert.Equal(t, strings.HasPrefix(row.typed, "a"), strings.Contains(out.String(), "Put your guesses"))
			assert.Equal(t, row.silenced, ask.Open(a.Course).Quiet(time.Now()))
			if row.guesses == 0 && !row.silenced {
				return
			}
			before := strings.Count(out.String(), "a to ")
			again, err := askOwn(t.Context(), a.Runner, ui, p)
			require.NoError(t, err)
			assert.Equal(t, guesses, again, "the next text says the same")
			assert.Equal(t, before, strings.Count(out.String(), "a to "), "what is silenced or told is not asked again")
		})
	}
}

// A script, and a chapter with something left to mend, are asked nothing.
func TestAskOwn_nobodyToAsk(t *testing.T) {
	a, p, ui, out := allGreen(t, "a\na\ny\n")
	p.problems = []string{"gofmt"}
	guesses, err := askOwn(t.Context(), a.Runner, ui, p)
	require.NoError(t, err)
	p.problems, ui.Screen = nil, false
	more, err := askOwn(t.Context(), a.Runner, ui, p)
	require.NoError(t, err)
	assert.Empty(t, append(guesses, more...))
	assert.Empty(t, out.String())
}

func TestOwnQuestion(t *testing.T) {
	ch := &course.Chapter{Name: "01-greet"}
	n := proof.Noticed{Line: 7, Before: "a", After: "b", Red: []gorun.Row{{Name: "TestX/is_red", Output: "    x_test.go:1: no\n"}},
		Green: []gorun.Row{{Name: "TestY/far"}, {Name: "TestX/one"}, {Name: "TestX/two"}, {Name: "TestX/three"}}}
	n.Exercise.Name, n.Exercise.File = "X", "x.go"
	q := ownQuestion(ch, n)
	assert.Equal(t, "01-greet/x.go:7: this line of `X` changes:\n\n```\n- a\n+ b\n```\n\nWhich row turns red then?", q.Text)
	assert.Equal(t, "`TestX/is_red` turns red: x_test.go:1: no", q.Because)
	require.Len(t, q.Choices, 4)
	assert.Equal(t, ask.Choice{Text: "is red", Right: true}, q.Choices[0])
	for _, c := range q.Choices[1:] {
		assert.Contains(t, []string{"one", "two", "three"}, c.Text, "rows of the same test are harder to tell apart")
		assert.Contains(t, c.Because, "It stays green: it ran")
	}
	assert.Equal(t, "`01-greet/x.go:7` with `b` in place of `a`: I guessed “one”, and it is “is red”.",
		guess(ch, n, q, ask.Answer{Choice: indexOf(q, "one")}))
	assert.Contains(t, guess(ch, n, q, ask.Answer{Choice: 0, Right: true}), ": I guessed “is red”, which is right.")

	n.After, n.Exercise.Table = "", true
	n.Red = []gorun.Row{{Name: "TestX/unmasks/never-sleeps", Did: "it was awake"}}
	q = ownQuestion(ch, n)
	assert.Contains(t, q.Text, "this row of `X` goes:\n\n```\n- a\n```\n\nWhich impostor gets through then?")
	assert.Equal(t, "never-sleeps", q.Choices[0].Text)
	assert.Equal(t, "never-sleeps gets through: it was awake.", q.Because)
}

func indexOf(q ask.Question, words string) int {
	for i, c := range q.Choices {
		if c.Text == words {
			return i
		}
	}
	return -1
}

// The reviewer gets others than the learner, with folded answers.
func TestQuestionsToAsk(t *testing.T) {
	a, p, ui, out := allGreen(t, "")
	mine, err := proof.FewNotice(t.Context(), a.Runner, ui, p.Chapter, green(p.Report), forLearner)
	require.NoError(t, err)
	r := reviewed{Report: p.Report}
	r.toAsk, err = questionsToAsk(t.Context(), work{runner: a.Runner, ui: ui, chapter: p.Chapter}, r)
	require.NoError(t, err)
	for _, n := range r.toAsk {
		for _, m := range mine {
			assert.NotEqual(t, m.Exercise.ID, n.Exercise.ID)
		}
	}
	out.Reset()
	r.toAsk = mine
	printQuestions(ui, r)
	assert.Contains(t, out.String(), "## Questions to ask")
	assert.Equal(t, len(mine), strings.Count(out.String(), "<details><summary>Answer</summary>\n\n"))
}
