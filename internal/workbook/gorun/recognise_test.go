package gorun

import (
	"strings"
	"testing"

	"example.com/authbook/internal/mark"
	"example.com/authbook/internal/text"
	"example.com/authbook/internal/workbook/course"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestRecognise(t *testing.T) {
	good := func(name string) Row { return Row{Name: name, Passed: 1} }
	bad := func(name string) Row { return Row{Name: name, Failed: 1} }
	waiting := func(name string) Row { return Row{Name: name, Failed: 1, Output: "x.go:1: TODO 1.2 F — x.go:1"} }
	ab := course.WrongAnswer{ID: mark.ID{Chapter: 1, Number: 1}, Hint: "ab", Fails: []string{"TestF/a", "TestF/b"}}
	a := course.WrongAnswer{ID: mark.ID{Chapter: 1, Number: 1}, Hint: "a", Fails: []string{"TestF/a"}}
	other := course.WrongAnswer{ID: mark.ID{Chapter: 1, Number: 2}, Hint: "other", Fails: []string{"TestF/a"}}
	says := func(name, output string) Row { return Row{Name: name, Failed: 1, Output: output} }
	late := ab
	late.Hint, late.Shows = "late", "3600"
	tests := []struct {
		name    string
		rows    []Row
		answers []course.WrongAnswer
		want    string // the hint, "" for none
	}{
		{"the same rows", []Row{bad("TestF/b"), bad("TestF/a"), good("TestF/c")}, []course.WrongAnswer{a, ab}, "ab"},
		{"a row more is another mistake", []Row{bad("TestF/a"), bad("TestF/b"), good("TestF/c")},
			[]course.WrongAnswer{a}, ""},
		{"a row less is another mistake", []Row{bad("TestF/a"), good("TestF/b")}, []course.WrongAnswer{ab}, ""},
		{"of another exercise", []Row{bad("TestF/a"), good("TestF/b")}, []course.WrongAnswer{other}, ""},
		{"all rows red is unfinished", []Row{bad("TestF/a"), bad("TestF/b")}, []course.WrongAnswer{ab}, ""},
		{"all rows red and each shows what an answer says", []Row{says("TestF/a", "3600"), says("TestF/b", "3601, 3600")},
			[]course.WrongAnswer{ab, late}, "late"},
		{"all rows red and one shows something else", []Row{says("TestF/a", "3600"), says("TestF/b", "0")},
			[]course.WrongAnswer{ab, late}, ""},
		{"rows that wait say nothing", []Row{bad("TestF/a"), waiting("TestF/b"), good("TestF/c")},
			[]course.WrongAnswer{ab}, "ab"},
		{"all red but those that wait is unfinished", []Row{bad("TestF/a"), waiting("TestF/b")},
			[]course.WrongAnswer{ab}, ""},
		{"two that fit can't be told apart", []Row{bad("TestF/a"), waiting("TestF/b"), good("TestF/c")},
			[]course.WrongAnswer{a, ab}, ""},
		{"green", []Row{good("TestF/a")}, []course.WrongAnswer{a}, ""},
	}
	p, err := mark.ParsePattern("TestF")
	require.NoError(t, err)
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			v := Judge([]mark.Exercise{{ID: mark.ID{Chapter: 1, Number: 1}, Tests: p}}, Outcome{Rows: tt.rows})[0]
			w, ok := Recognise(v, tt.answers)
			assert.Equal(t, tt.want != "", ok)
			assert.Equal(t, tt.want, w.Hint, "a hint for another mistake would lead astray")
		})
	}
}

// Two mistakes at once fail the rows of both, in nine of ten pairs of the real
func TestRecogniseOne(t *testing.T) {
	row := func(failed bool, letter string) Row {
		if failed {
			return Row{Name: "TestF/" + letter, Failed: 1}
		}
		return Row{Name: "TestF/" + letter, Passed: 1}
	}
	answer := func(hint, fails string) course.WrongAnswer {
		w := course.WrongAnswer{ID: mark.ID{Chapter: 1, Number: 1}, Hint: hint}
		for _, letter := range fails {
			w.Fails = append(w.Fails, "TestF/"+string(letter))
		}
		return w
	}
	shown := answer("shown", "ab")
	shown.Shows = "accepted"
	tests := []struct {
		name, failing string
		answers       []course.WrongAnswer
		want          string // the hint, "" for none
		rows          string // that it alone explains
	}{
		{"the rows of two: the one with more", "abc", []course.WrongAnswer{answer("a", "a"), answer("bc", "bc")},
			"bc", "bc"},
		{"two that share a row: one that the other does not fail", "abc",
			[]course.WrongAnswer{answer("ab", "ab"), answer("bc", "bc")}, "ab", "a"},
		{"one fits alone", "abc", []course.WrongAnswer{answer("ab", "ab"), answer("bc", "bc"), answer("abc", "abc")},
			"", ""},
		{"a row that neither fails is another mistake", "abcd", []course.WrongAnswer{answer("a", "a"), answer("bc", "bc")},
			"bc", "bc"},
		{"a row that passes", "ab", []course.WrongAnswer{answer("bc", "bc")}, "", ""},
		{"the rows of three", "abcd", []course.WrongAnswer{answer("a", "a"), answer("bc", "bc"), answer("d", "d")},
			"bc", "bc"},
		{"one that every explanation needs", "abc",
			[]course.WrongAnswer{answer("a", "a"), answer("bc", "bc"), answer("ab", "ab")}, "bc", "c"},
		{"two explanations that share none: the one with more", "abc",
			[]course.WrongAnswer{answer("a", "a"), answer("bc", "bc"), answer("ab", "ab"), answer("c", "c")}, "bc", ""},
		{"a text that the rows don't show", "abc", []course.WrongAnswer{shown, answer("c", "c")}, "c", "c"},
		{"all rows red is unfinished", "abcde", []course.WrongAnswer{answer("abc", "abc"), answer("de", "de")}, "", ""},
		{"green", "", []course.WrongAnswer{answer("a", "a"), answer("b", "b")}, "", ""},
	}
	p, err := mark.ParsePattern("TestF")
	require.NoError(t, err)
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var out Outcome
			for _, letter := range []string{"a", "b", "c", "d", "e"} {
				out.Rows = append(out.Rows, row(strings.Contains(tt.failing, letter), letter))
			}
			w, rows, ok := recogniseOne(Judge([]mark.Exercise{{ID: mark.ID{Chapter: 1, Number: 1}, Tests: p}}, out)[0],
				tt.answers)
			assert.Equal(t, tt.want != "", ok)
			assert.Equal(t, tt.want, w.Hint, "a hint for another mistake would lead astray")
			assert.Equal(t, tt.rows, strings.ReplaceAll(strings.Join(rows, ""), "TestF/", ""),
				"the row on the screen is one that the hint explains")
		})
	}
}

// What the learner sees is one row, and the hint is about that one.
func TestDiagnose_showsTheRowThatItExplains(t *testing.T) {
	p, err := mark.ParsePattern("TestF")
	require.NoError(t, err)
	id := mark.ID{Chapter: 1, Number: 1}
	answers := []course.WrongAnswer{{ID: id, Hint: "Look at b.", Fails: []string{"TestF/b", "TestF/c"}}}
	v := Judge([]mark.Exercise{{ID: id, Tests: p}}, Outcome{Rows: []Row{{Name: "TestF/a", Failed: 1},
		{Name: "TestF/b", Failed: 1}, {Name: "TestF/c", Failed: 1}, {Name: "TestF/d", Passed: 1}}})[0]
	d, ok := Diagnose(text.English, v, answers)
	require.True(t, ok)
	assert.Equal(t, "More than one thing seems to be wrong. Begin with this row. Look at b.", d.Hint)
	assert.Equal(t, []string{"TestF/b", "TestF/a", "TestF/c"}, Names(v.RedFrom(d.Row)), "it comes first")
}

// Code that does nothing yet may well show in one row what a mistake shows.
func TestDiagnose_saysNothingOfUnfinishedCode(t *testing.T) {
	p, err := mark.ParsePattern("TestF")
	require.NoError(t, err)
	id := mark.ID{Chapter: 1, Number: 1}
	answers := []course.WrongAnswer{{ID: id, Hint: "Look at a.", Fails: []string{"TestF/a"}, Shows: "got nil"}}
	v := Judge([]mark.Exercise{{ID: id, Tests: p}}, Outcome{Rows: []Row{{Name: "TestF/a", Failed: 1, Output: "got nil"},
		{Name: "TestF/b", Failed: 1, Output: "got nil"}}})[0]
	_, ok := Diagnose(text.English, v, answers)
	assert.False(t, ok, "all rows are red, and the answer fails one")
}
