package review

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"example.com/authbook/internal/mark"
	"example.com/authbook/internal/workbook/course"
	"example.com/authbook/internal/workbook/gorun"
	"example.com/authbook/internal/workbook/proof"
	"example.com/authbook/internal/workbook/term"
	"example.com/authbook/internal/workbook/vcs"
	"github.com/stretchr/testify/assert"
)

// aChapter has two exercises of ten lines each, a given file, and a test.
func aChapter() *course.Chapter {
	text := "package x\n"
	return &course.Chapter{Name: "01-x", Number: 1,
		Reference: course.Tree{"given.go": text, "given_test.go": text},
		Disk:      course.Tree{"given.go": text + "var A = 1\n", "given_test.go": text + "var B = 1\n"},
		Exercises: []mark.Exercise{anExercise(1, 10), anExercise(2, 30)}}
}

func anExercise(number, line int) mark.Exercise {
	return mark.Exercise{ID: mark.ID{Chapter: 1, Number: number}, Name: "F", File: "f.go", Line: line,
		Text: strings.Repeat("\n", 9)}
}

func TestComments_worstFirst(t *testing.T) {
	ch := aChapter()
	failing := []gorun.Row{{Name: "TestF/a", Failed: 1, Output: "    Messages:   clocks may differ by 5 seconds\n"}}
	r := reviewed{
		Report: gorun.Report{Chapter: ch, Verdicts: []gorun.Verdict{
			{Exercise: ch.Exercises[0], Status: gorun.Fails, Failing: failing, Rows: failing},
			{Exercise: ch.Exercises[1], Status: gorun.Passes}}},
		findings: []finding{{"01-x/my_test.go", 3, "vacuousguard", ""}, {"01-x/given.go", 7, "secretcompare", ""},
			{"01-x/f.go", 31, "jwtoptions", ""}},
		rubric: course.Rubric{Questions: []course.Question{{ID: ch.Exercises[1].ID, Level: "P2", Text: "Why?"}}},
		touched: touched{Changed: course.Changed{Guards: []string{"go.mod"}, Given: []string{"given.go"}},
			others:      []other{{name: "server", kind: "a binary of 1 kB", heavy: true}},
			hooks:       []hook{{"01-x/my.go", 4, "init runs before every test"}},
			PullRequest: vcs.PullRequest{Leaks: []vcs.Leak{{File: ".env", Line: 1, Kind: "a file of settings"}}}},
	}
	var got []string
	for _, c := range r.comments() {
		got = append(got, c.level+" "+c.where)
	}
	assert.Equal(t, []string{"P1 .env:1", "P1 go.mod", "P1 01-x/my.go:4", "P1 01-x/f.go:10", "P1 01-x/f.go:31",
		"P1 01-x/given.go:7", "P1 01-x/my_test.go:3", "P2 server", "P3 01-x/given.go:2", "P5 01-x/f.go:30"}, got)

	var out bytes.Buffer
	printDraft(term.Pipe(strings.NewReader(""), &out), r)
	assert.Contains(t, out.String(), "And 7 more, the worst first: P1 `01-x/f.go:10`, P1 `01-x/f.go:31`, "+
		"P1 `01-x/given.go:7`, P1 `01-x/my_test.go:3`, P2 `server`, P3 `01-x/given.go:2`, P5 `01-x/f.go:30`.")
	assert.Contains(t, out.String(), "**Well done.** (name one line that you liked, and why)")
	assert.Equal(t, "The row `TestF/a` fails: clocks may differ by 5 seconds. "+
		"What does it ask for that your code does not do?", r.askFailing(r.Verdicts[0]))
}

func TestWellDone(t *testing.T) {
	const row = "TestF/holds"
	green := []gorun.Row{{Name: row, Passed: 1}}
	rows := []struct {
		name    string
		text    string // of the exercise; the reference's is ""
		rows    []gorun.Row
		touched touched
		found   []finding
		want    bool
	}{
		{"code of one's own that the row holds", "mine", green, touched{}, nil, true},
		{"the reference, letter for letter", "", green, touched{}, nil, false},
		{"the row did not run", "mine", []gorun.Row{{Name: "TestF/other", Passed: 1}}, touched{}, nil, false},
		{"the row is red", "mine", []gorun.Row{{Name: row, Failed: 1}}, touched{}, nil, false},
		{"what checks was changed", "mine", green, touched{Changed: course.Changed{Guards: []string{"go.mod"}}}, nil,
			false},
		{"a test was changed", "mine", green, touched{Changed: course.Changed{Tests: []string{"a_test.go"}}}, nil,
			false},
		{"an analyzer has a finding in it", "mine", green, touched{},
			[]finding{{"01-x/f.go", 10, "jwtoptions", ""}}, false},
	}
	for _, test := range rows {
		t.Run(test.name, func(t *testing.T) {
			e := anExercise(1, 10)
			r := reviewed{touched: test.touched, findings: test.found, reference: []mark.Exercise{e},
				rubric: course.Rubric{Praise: []course.Praise{{ID: e.ID, Text: "Good.", Row: row}}}}
			e.Text += test.text
			r.Report = gorun.Report{Chapter: &course.Chapter{Name: "01-x", Exercises: []mark.Exercise{e}},
				Verdicts: []gorun.Verdict{{Exercise: e, Status: gorun.Passes, Rows: test.rows}}}
			want := toFill.String()
			if test.want {
				want = fmt.Sprintf("%s (01-x/f.go:10): Good.", e)
			}
			assert.Equal(t, want, r.wellDone())
		})
	}
}

// In a terminal nobody reads marks of Markdown, lines that it breaks, or what is folded
// away; into a file goes Markdown.
func TestShow(t *testing.T) {
	t.Setenv("PAGER", " ") // none
	ch := aChapter()
	row := gorun.Row{Name: "TestF/a", Failed: 1, Output: "    f_test.go:3: it is red\n"}
	r := reviewed{Report: gorun.Report{Chapter: ch},
		toAsk: []proof.Noticed{{Exercise: ch.Exercises[0], Before: "return", Red: []gorun.Row{row}}}}
	var out bytes.Buffer
	ui := term.Pipe(strings.NewReader(""), &out)
	assert.NoError(t, show(ui, r))
	assert.Contains(t, out.String(), "\n## Draft\n")
	assert.Contains(t, out.String(), "<summary>Answer</summary>\n\n`TestF/a` turns red: ")
	out.Reset()
	ui.Screen, ui.Width = true, 100
	assert.NoError(t, show(ui, r))
	assert.Contains(t, out.String(), "\nAnswer\n\n'TestF/a' turns red: ")
	assert.NotRegexp(t, "(?m)^#|\\*\\*|`|<|^.{81}", out.String())
}
