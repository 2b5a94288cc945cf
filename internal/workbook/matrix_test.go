package main

import (
	"bytes"
	"testing"

	"example.com/authbook/internal/mark"
	"example.com/authbook/internal/workbook/gorun"
	"example.com/authbook/internal/workbook/term"
	"github.com/stretchr/testify/assert"
)

func TestPrintMatrices(t *testing.T) {
	table := mark.Exercise{ID: mark.ID{Chapter: 1, Number: 2}, Name: "stories", Table: true}
	row := func(name string, caught ...string) gorun.Row {
		return gorun.Row{Name: "TestStories/unmasks/" + name, Caught: caught}
	}
	var out bytes.Buffer
	ui := &term.UI{Out: &out, Width: 50}
	printMatrices(ui, gorun.Report{Verdicts: []gorun.Verdict{
		{Exercise: mark.Exercise{Name: "Chain"}, Rows: []gorun.Row{{Name: "TestChain/one"}}},
		{Exercise: table, Rows: []gorun.Row{
			{Name: "TestStories/reference/a short one"},
			row("sleeps", "a short one"),
			row("lies", "a short one", "토큰이 훔쳐지고 아무도 그것을 알아채지 못한 긴 이야기"),
			row("hides"),
		}},
	}})
	assert.Equal(t, `
1.2 stories, rows and impostors            1  2  3
  a short one                              x  x  .
  토큰이 훔쳐지고 아무도 그것을 알아채…    .  x  .
   1 sleeps
   2 lies
   3 hides   gets through
`, out.String())

	out.Reset()
	last := row("hides")
	last.Failed, last.Differs = 1, "time"
	printMatrices(ui, gorun.Report{Verdicts: []gorun.Verdict{
		{Exercise: table, Rows: []gorun.Row{row("lies", "a short one"), last}, Failing: []gorun.Row{last}},
	}})
	assert.Contains(t, out.String(), "   2 the last impostor   gets through\n")

	out.Reset()
	printMatrices(ui, gorun.Report{Verdicts: []gorun.Verdict{{Exercise: table, Rows: []gorun.Row{
		row("sleeps", "a giant"), row("lies", "a giant"),
	}}}})
	assert.Contains(t, out.String(), `"a giant" unmasks all of them. When it is`)
}
