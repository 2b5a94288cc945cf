package ask

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"

	"example.com/authbook/internal/mark"
	"example.com/authbook/internal/text"
	"example.com/authbook/internal/workbook/course"
	"example.com/authbook/internal/workbook/gorun"
)

// ran is a run of so many rows, of which the first fail.
func ran(rows, red int, output string) gorun.Verdict {
	v := gorun.Verdict{Exercise: mark.Exercise{ID: mark.ID{Chapter: 1, Number: 2}}}
	for i := range rows {
		r := gorun.Row{Name: fmt.Sprintf("TestX/row_%d", i)}
		if i < red {
			r.Failed, r.Output = 1, output
			v.Failing = append(v.Failing, r)
		}
		v.Rows = append(v.Rows, r)
	}
	return v
}

const sent = "    x_test.go:9: \n        \tError:      \tNot equal: \n        \t            \texpected: 401\n" +
	"        \t            \tactual  : 403\n"

var answer = course.WrongAnswer{ID: mark.ID{Chapter: 1, Number: 2}, Wrong: "It is too much.",
	File: "01-x/testdata/wrong/1.2-too-much.diff"}

func TestPredict(t *testing.T) {
	for _, row := range []struct {
		name, kind string
		v          gorun.Verdict
		right      string
		choices    int
	}{
		{"one of four rows, where three stay green", WhichRow, ran(4, 1, ""), "`TestX/row_0`", 4},
		{"two stay green, and one fails", HowMany, ran(3, 1, ""), "One", 4},
		{"two stay green, and more fail", HowMany, ran(4, 2, ""), "Some, but not all", 4},
		{"all fail", HowMany, ran(4, 4, ""), "All", 4},
		{"a row shows the status", WhichStatus, ran(9, 1, sent), "403", 4},
		{"two numbers that are no status", WhichRow, ran(9, 1, "    x_test.go:9: \n   expected: 101\n   actual  : 102\n"), "`TestX/row_0`", 4},
	} {
		t.Run(row.name, func(t *testing.T) {
			p := Predict(text.English, answer, row.v, "")
			assert.Equal(t, row.kind, p.Kind)
			assert.Equal(t, "1.2 predict-too-much", p.ID)
			assert.Equal(t, row.right, Noted{Question: p.Question}.Key())
			assert.Len(t, p.Choices, row.choices)
			assert.Contains(t, p.Text, "It is too much.")
			assert.NotContains(t, p.Text, "```", "no code gives anything away")
			for _, c := range p.Choices {
				assert.Equal(t, c.Right, c.Because == "", "each wrong guess has its reason: %s", c.Text)
			}
		})
	}
	p := Predict(text.English, answer, ran(4, 1, ""), "-a\n+b\n")
	assert.Contains(t, p.Text, "```diff\n-a\n+b\n```", "who has written it sees the mistake")
}

// The status that is right stands among the choices: whoever thinks that the mistake
// does not show can say so.
func TestPredict_status(t *testing.T) {
	var texts []string
	for _, c := range Predict(text.English, answer, ran(9, 1, sent), "").Choices {
		texts = append(texts, c.Text)
	}
	assert.Subset(t, texts, []string{"401", "403"})
	assert.IsIncreasing(t, texts, "no order tells")
}

func TestWhom(t *testing.T) {
	table := gorun.Verdict{Exercise: mark.Exercise{ID: mark.ID{Chapter: 3, Number: 2}, Table: true}}
	for _, name := range []string{"one_day", "two_days", "three", "four", "five"} {
		table.Rows = append(table.Rows, gorun.Row{Name: "TestX/reference/" + name})
	}
	impostor := gorun.Row{Name: "TestX/unmasks/never-expires", Caught: []string{"two days", "five"}}
	p, ok := Whom(text.English, table, impostor)
	assert.True(t, ok)
	assert.Equal(t, "3.2 predict-never-expires", p.ID)
	assert.Equal(t, `"two days"`, Noted{Question: p.Question}.Key(), "the first row that unmasks it")
	for _, c := range p.Choices {
		assert.NotEqual(t, `"five"`, c.Text, "rows that don't unmask it come before those that do so later")
	}
	impostor.Did = "it took a token without an end."
	told, _ := Whom(text.English, table, impostor)
	assert.Contains(t, told.Text, "**never-expires**: it took a token without an end. All else",
		"who knows no English reads the flaw, not the name")
	impostor.Caught = nil
	_, ok = Whom(text.English, table, impostor)
	assert.False(t, ok, "nothing is known of it")
	impostor.Caught, table.Rows = []string{"one day"}, table.Rows[:1]
	_, ok = Whom(text.English, table, impostor)
	assert.False(t, ok, "a single row is no choice")
}

func TestMemory_Next(t *testing.T) {
	day := func(n int) time.Time { return time.Date(2026, 3, n, 0, 0, 0, 0, time.UTC) }
	m := &Memory{Answered: map[string]Record{"old": {At: day(1), Right: true}, "new": {At: day(9), Right: true},
		"missed": {At: day(5)}}}
	assert.Equal(t, 2, m.Next([]string{"old", "missed", "never", "nor"}), "what was never asked comes first")
	assert.Equal(t, 1, m.Next([]string{"old", "missed", "new"}), "then what was missed")
	assert.Equal(t, 1, m.Next([]string{"new", "old"}), "then what was asked longest ago")
	assert.Equal(t, -1, m.Next(nil))
}
