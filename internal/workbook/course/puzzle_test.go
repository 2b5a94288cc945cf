package course

import (
	"strings"
	"testing"

	"example.com/authbook/internal/mark"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

const signs = `package p

//workbook:exercise 1.1
func Sign(n int) func() string {
	return func() string {
		s := text(n) // a number
		if s == "" {
			return "none"
		}
		s += "!"
		return s
	}
}

//workbook:exercise 1.2
func Short(n int) int {
	n++
	n--
	return n
}

//workbook:exercise 1.3
func Kind(n int) string {
	switch {
	case n < 0:
		return "below"
	case n == 0:
		return "nothing"
	case n < 9:
		return "some"
	default:
		return "many"
	}
}

//workbook:exercise 1.4
var rows = []row{
	{name: "one", in: 1, want: "some"},
	{name: "nine", in: 9, want: "many"},
	{name: "none", in: 0, want: "nothing"},
}

//workbook:exercise 1.5
var stories = []story{
	tell("in", logIn("a"), wait(1)),
	tell("out", logIn("b"), wait(2)),
}
`

func puzzleOf(t *testing.T, id int, wrong ...string) (Puzzle, bool) {
	t.Helper()
	all, err := mark.Read(map[string]string{"p.go": signs})
	require.NoError(t, err)
	e, ok := Find(all, mark.ID{Chapter: 1, Number: id})
	require.True(t, ok)
	var answers []WrongAnswer
	for i := 0; i+1 < len(wrong); i += 2 {
		require.Contains(t, e.Text, wrong[i])
		answers = append(answers, WrongAnswer{ID: e.ID, Text: strings.Replace(e.Text, wrong[i], wrong[i+1], 1)})
	}
	return PuzzleOf(e, answers)
}

func TestPuzzleOf(t *testing.T) {
	rows := []struct {
		name  string
		id    int
		wrong []string
		want  []Part // nil where there is no puzzle
	}{
		{"the longest list counts, wherever it is", 1, nil, []Part{
			{"s := text(n)"}, {"if s == \"\" {\n\t\t\treturn \"none\"\n\t\t}"}, {`s += "!"`}, {"return s"}}},
		{"a wrong answer that changes one statement stands beside it", 1, []string{`s += "!"`, `s += "?"`}, []Part{
			{"s := text(n)"}, {"if s == \"\" {\n\t\t\treturn \"none\"\n\t\t}"}, {`s += "!"`, `s += "?"`}, {"return s"}}},
		{"one that changes two, makes two of one, or drops one does not", 1, []string{
			"s += \"!\"\n\t\treturn s", "s += \"?\"\n\t\treturn n", `s += "!"`, "s += \"?\"\n\t\ts += \"!\"", `s += "!"`, ""}, []Part{
			{"s := text(n)"}, {"if s == \"\" {\n\t\t\treturn \"none\"\n\t\t}"}, {`s += "!"`}, {"return s"}}},
		{"three statements are too few", 2, nil, nil},
		{"the cases of a switch are lines too", 3, []string{"n < 9", "n <= 9"}, []Part{
			{"case n < 0:\n\t\treturn \"below\""}, {"case n == 0:\n\t\treturn \"nothing\""},
			{"case n < 9:\n\t\treturn \"some\"", "case n <= 9:\n\t\treturn \"some\""}, {"default:\n\t\treturn \"many\""}}},
		{"a row of a table has two cells to fill from their columns", 4, nil,
			[]Part{{"9", "1", "0"}, {`"many"`, `"some"`, `"nothing"`}}},
		{"the steps of a scenario are cells", 5, nil, []Part{{`logIn("b")`, `logIn("a")`}, {"wait(2)", "wait(1)"}}},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			p, ok := puzzleOf(t, row.id, row.wrong...)
			assert.Equal(t, row.want != nil, ok)
			assert.Equal(t, row.want, p.Parts)
		})
	}
}

func TestPuzzle_Assemble(t *testing.T) {
	p, _ := puzzleOf(t, 1, `s += "!"`, `s += "?"`)
	assert.Equal(t, "func Sign(n int) func() string {\n\treturn func() string {\n\t\t"+
		"return s\ns += \"?\"\ns := text(n)\nif s == \"\" {\n\t\t\treturn \"none\"\n\t\t}\n\t}\n}",
		p.Assemble([]Pick{{3, 0}, {2, 1}, {0, 0}, {1, 0}}), "lines come as they are picked")
	p, _ = puzzleOf(t, 4)
	assert.Equal(t, strings.Replace(p.Exercise.Text, `in: 9, want: "many"`, `in: 0, want: "some"`, 1),
		p.Assemble([]Pick{{1, 1}, {0, 2}}), "cells keep their places")
	assert.Equal(t, p.Exercise.Text, p.Assemble(p.Right()))
	assert.Len(t, p.Wrong(), 4)
	assert.Equal(t, `{name: "nine", in: __1__, want: __2__}`, p.Frame())
	assert.Equal(t, `{name: "nine", in: 0, want: "some"}`, p.Filled([]Pick{{1, 1}, {0, 2}}))
}

func TestPuzzle_Read(t *testing.T) {
	p, _ := puzzleOf(t, 1, `s += "!"`, `s += "?"`)
	var labels, texts []string
	for _, s := range p.Shown() {
		labels, texts = append(labels, s.Label), append(texts, s.Text)
	}
	assert.Equal(t, []string{"1", "2a", "2b", "3", "4"}, labels)
	assert.Contains(t, texts, `if s == "" { return "none" }`, "a short statement takes one line")
	for _, row := range []struct{ name, line, problem string }{
		{"an order is read, with commas too", "4, 3 2b,1", ""},
		{"a letter may be large", "4 3 2B 1", ""},
		{"one of a pair is chosen", "4 3 2 1", "2 comes in more than one way: write 2a, or another letter."},
		{"both of a pair are one too many", "4 2a 2b 1 3", "2b is one too many: each number comes once."},
		{"a number comes once", "4 4 3 2a 1", "4 is one too many: each number comes once."},
		{"an unknown word is named", "1 2a x", "There is no x."},
		{"all numbers come", "1 2a", "2 numbers are missing."},
	} {
		t.Run(row.name, func(t *testing.T) {
			picks, problem := p.Read(row.line)
			assert.Equal(t, row.problem, problem)
			assert.Len(t, picks, map[bool]int{true: 4, false: 0}[problem == ""])
		})
	}
}
