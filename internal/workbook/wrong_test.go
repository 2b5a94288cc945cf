package main

import (
	"strings"
	"testing"

	"example.com/authbook/internal/mark"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestRecognise(t *testing.T) {
	good := func(name string) row { return row{name: name, passed: 1} }
	bad := func(name string) row { return row{name: name, failed: 1} }
	waiting := func(name string) row { return row{name: name, failed: 1, output: "x.go:1: TODO 1.2 F — x.go:1"} }
	ab := wrongAnswer{id: idOf(1, 1), hint: "ab", fails: []string{"TestF/a", "TestF/b"}}
	a := wrongAnswer{id: idOf(1, 1), hint: "a", fails: []string{"TestF/a"}}
	other := wrongAnswer{id: idOf(1, 2), hint: "other", fails: []string{"TestF/a"}}
	tests := []struct {
		name    string
		rows    []row
		answers []wrongAnswer
		want    string // the hint, "" for none
	}{
		{"the same rows", []row{bad("TestF/b"), bad("TestF/a"), good("TestF/c")}, []wrongAnswer{a, ab}, "ab"},
		{"a row more is another mistake", []row{bad("TestF/a"), bad("TestF/b"), good("TestF/c")}, []wrongAnswer{a}, ""},
		{"a row less is another mistake", []row{bad("TestF/a"), good("TestF/b")}, []wrongAnswer{ab}, ""},
		{"of another exercise", []row{bad("TestF/a"), good("TestF/b")}, []wrongAnswer{other}, ""},
		{"all rows red is unfinished", []row{bad("TestF/a"), bad("TestF/b")}, []wrongAnswer{ab}, ""},
		{"rows that wait say nothing", []row{bad("TestF/a"), waiting("TestF/b"), good("TestF/c")}, []wrongAnswer{ab}, "ab"},
		{"all red but those that wait is unfinished", []row{bad("TestF/a"), waiting("TestF/b")}, []wrongAnswer{ab}, ""},
		{"two that fit can't be told apart", []row{bad("TestF/a"), waiting("TestF/b"), good("TestF/c")}, []wrongAnswer{a, ab}, ""},
		{"green", []row{good("TestF/a")}, []wrongAnswer{a}, ""},
	}
	p, err := mark.ParsePattern("TestF")
	require.NoError(t, err)
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			v := judge([]mark.Exercise{{ID: idOf(1, 1), Tests: p}}, outcome{rows: tt.rows})[0]
			w, ok := recognise(v, tt.answers)
			assert.Equal(t, tt.want != "", ok)
			assert.Equal(t, tt.want, w.hint, "a hint for another mistake would lead astray")
		})
	}
}

// Two mistakes at once fail the rows of both, in nine of ten pairs of the real
func TestRecogniseOne(t *testing.T) {
	row := func(failed bool, letter string) row {
		if failed {
			return row{name: "TestF/" + letter, failed: 1}
		}
		return row{name: "TestF/" + letter, passed: 1}
	}
	answer := func(hint, fails string) wrongAnswer {
		w := wrongAnswer{id: idOf(1, 1), hint: hint}
		for _, letter := range fails {
			w.fails = append(w.fails, "TestF/"+string(letter))
		}
		return w
	}
	tests := []struct {
		name, failing string
		answers       []wrongAnswer
		want          string // the hint, "" for none
	}{
		{"the rows of two: the one with more", "abc", []wrongAnswer{answer("a", "a"), answer("bc", "bc")}, "bc"},
		{"two that share a row", "abc", []wrongAnswer{answer("ab", "ab"), answer("bc", "bc")}, "ab"},
		{"one fits alone", "abc", []wrongAnswer{answer("ab", "ab"), answer("bc", "bc"), answer("abc", "abc")}, ""},
		{"a row that neither fails", "abcd", []wrongAnswer{answer("a", "a"), answer("bc", "bc")}, ""},
		{"a row that passes", "ab", []wrongAnswer{answer("a", "a"), answer("bc", "bc")}, ""},
		{"the rows of three", "abcd", []wrongAnswer{answer("a", "a"), answer("bc", "bc"), answer("d", "d")}, "bc"},
		{"one that every explanation needs", "abc", []wrongAnswer{answer("a", "a"), answer("bc", "bc"), answer("ab", "ab")}, "bc"},
		{"two explanations that share none", "abc", []wrongAnswer{answer("a", "a"), answer("bc", "bc"), answer("ab", "ab"), answer("c", "c")}, ""},
		{"all rows red is unfinished", "abcde", []wrongAnswer{answer("abc", "abc"), answer("de", "de")}, ""},
		{"green", "", []wrongAnswer{answer("a", "a"), answer("b", "b")}, ""},
	}
	p, err := mark.ParsePattern("TestF")
	require.NoError(t, err)
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var out outcome
			for _, letter := range []string{"a", "b", "c", "d", "e"} {
				out.rows = append(out.rows, row(strings.Contains(tt.failing, letter), letter))
			}
			w, ok := recogniseOne(judge([]mark.Exercise{{ID: idOf(1, 1), Tests: p}}, out)[0], tt.answers)
			assert.Equal(t, tt.want != "", ok)
			assert.Equal(t, tt.want, w.hint, "a hint for another mistake would lead astray")
		})
	}
}

func TestChapter_parseWrong(t *testing.T) {
	ch := &chapter{name: "01-x", exercises: []mark.Exercise{{ID: idOf(1, 3), Name: "T.Get"}}}
	const body = "package x\n\nimport \"os\"\n\n// A comment.\nfunc (t *T[K]) Get() {\n\tos.Exit(1)\n}\n"
	const header = "// Wrong: it\n// exits.\n//\n// Hint: Stay.\n//\n// Fails:\n//   - TestT_Get/b\n//   - TestT_Get/a\n"
	got, err := ch.parseWrong("1.3-exits.go", header+body)
	require.NoError(t, err)
	assert.Equal(t, wrongAnswer{
		id: idOf(1, 3), file: "01-x/testdata/wrong/1.3-exits.go", name: "T.Get",
		wrong: "it exits.", hint: "Stay.", fails: []string{"TestT_Get/a", "TestT_Get/b"},
		text: "func (t *T[K]) Get() {\n\tos.Exit(1)\n}", imports: []importSpec{{"", "os"}},
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
