package mark

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// text is a file with every kind of exercise.
const text = `package p

import "errors"

// Plain is a function.
//
//workbook:exercise 1.10 TestPlain/one
func Plain() error {
	return errors.New("plain")
}

//workbook:exercise 1.2
func (t *T[K, V]) get() {
	// Imports it may need: "errors"
	panic("TODO 1.2 T.get")
}

//workbook:exercise 1.3
var rows = []row{ /* one */ {name: "a"} }

// given is no exercise.
func given() {}

//workbook:exercise 1.4
var empty = []row{
	// TODO 1.4 empty: write the rows.
}
`

func TestRead(t *testing.T) {
	got, err := Read(map[string]string{"p.go": text, "q.go": "package p\n\n//workbook:exercise 1.9\nfunc Q() {}\n"})
	require.NoError(t, err)

	var told []string
	for _, e := range got {
		told = append(told, e.String()+" "+e.File+" "+e.Tests.String())
	}
	assert.Equal(t, []string{
		"1.2 T.get p.go ^(?:TestT_[gG]et)$",
		"1.3 rows p.go ^(?:TestRows)$",
		"1.4 empty p.go ^(?:TestEmpty)$",
		"1.9 Q q.go ^(?:TestQ)$",
		"1.10 Plain p.go ^(?:TestPlain)$/^(?:one)$",
	}, told, "in the order of the course")
}

func TestFile_places(t *testing.T) {
	tests := []struct {
		name, number, declaration, hole string
		line                            int
		table, blank                    bool
	}{
		{"a function", "1.10", "func Plain() error {\n\treturn errors.New(\"plain\")\n}",
			"{\n\treturn errors.New(\"plain\")\n}", 8, false, false},
		{"a blank method", "1.2",
			"func (t *T[K, V]) get() {\n\t// Imports it may need: \"errors\"\n\tpanic(\"TODO 1.2 T.get\")\n}",
			"{\n\t// Imports it may need: \"errors\"\n\tpanic(\"TODO 1.2 T.get\")\n}", 13, false, true},
		{"a table", "1.3", `var rows = []row{ /* one */ {name: "a"} }`, `{ /* one */ {name: "a"} }`, 19, true, false},
		{"an empty table", "1.4", "var empty = []row{\n\t// TODO 1.4 empty: write the rows.\n}",
			"{\n\t// TODO 1.4 empty: write the rows.\n}", 25, true, true},
	}
	for _, ends := range []string{"\n", "\r\n"} {
		for _, tt := range tests {
			t.Run(tt.name+map[string]string{"\r\n": " with the line ends of Windows"}[ends], func(t *testing.T) {
				file := strings.ReplaceAll(text, "\n", ends)
				all, err := File("p.go", file)
				require.NoError(t, err)
				e := find(t, all, tt.number)

				assert.Equal(t, strings.ReplaceAll(tt.declaration, "\n", ends), e.Text)
				assert.Equal(t, e.Text, file[e.Start:e.End()])
				assert.Equal(t, strings.ReplaceAll(tt.hole, "\n", ends), file[e.HoleStart:e.HoleEnd])
				assert.Equal(t, e.End(), e.Offset(e.Decl.End()))
				assert.Equal(t, tt.line, e.Line)
				assert.Equal(t, tt.table, e.Table)
				assert.Equal(t, tt.blank, e.Blank)
			})
		}
	}
}

func find(t *testing.T, all []Exercise, number string) Exercise {
	t.Helper()
	for _, e := range all {
		if e.ID.String() == number {
			return e
		}
	}
	require.Fail(t, "no exercise "+number)
	return Exercise{}
}

func TestFile_blank(t *testing.T) {
	tests := []struct {
		name, declaration string
		want              bool
	}{
		{"as the tool writes it", `func F() { panic("TODO 1.1 F") }`, true},
		{"under another name", `func F() { panic("TODO 1.1 G") }`, true},
		{"in raw quotes", "func F() { panic(`TODO 1.1 F`) }", true},
		{"an empty table", `var f = map[string]int{}`, true},
		{"the number of another exercise", `func F() { panic("TODO 1.10 F") }`, false},
		{"no number", `func F() { panic("TODO later") }`, false},
		{"a panic of its own", `func F() { panic("F: not here") }`, false},
		{"a computed text", `func F() { panic("TODO 1.1 F" + "!") }`, false},
		{"a call of something else", `func F() { print("TODO 1.1 F") }`, false},
		{"the panic of something else", `func F() { x.panic("TODO 1.1 F") }`, false},
		{"a statement before it", `func F() { f(); panic("TODO 1.1 F") }`, false},
		{"in a comment", `func F() { /* panic("TODO 1.1 F") */ }`, false},
		{"an empty body", `func F() {}`, false},
		{"a table with a row", `var f = []int{1}`, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			all, err := File("p.go", "package p\n\n//workbook:exercise 1.1\n"+tt.declaration+"\n")
			require.NoError(t, err)
			require.Len(t, all, 1)
			assert.Equal(t, tt.want, all[0].Blank)
		})
	}
}

func TestRead_badMarks(t *testing.T) {
	tests := []struct{ name, text, want string }{
		{"no number", "//workbook:exercise\nfunc F() {}\n", "lacks the number"},
		{"a number right behind the mark", "//workbook:exercise1.1\nfunc F() {}\n", "lacks the number"},
		{"a number that is none", "//workbook:exercise 1\nfunc F() {}\n", "looks like 1.3"},
		{"a bad pattern", "//workbook:exercise 1.1 Test(\nfunc F() {}\n", "test pattern"},
		{"above a type", "//workbook:exercise 1.1\ntype T int\n", "must be in the comment of one function"},
		{"above an empty line", "//workbook:exercise 1.1\n\nfunc F() {}\n", "must be in the comment of one function"},
		{"inside a function", "func F() {\n\t//workbook:exercise 1.1\n}\n", "must be in the comment of one function"},
		{"above a group of variables", "//workbook:exercise 1.1\nvar (\n\ta = []int{}\n\tb = []int{}\n)\n",
			"must be in the comment of one function"},
		{"above a variable that is no table", "//workbook:exercise 1.1\nvar x = f()\n", "composite literal"},
		{"above two variables", "//workbook:exercise 1.1\nvar a, b = []int{}, []int{}\n", "composite literal"},
		{"above a function without a body", "//workbook:exercise 1.1\nfunc F()\n", "a function with a body"},
		{"twice", "//workbook:exercise 1.1\nfunc F() {}\n\n//workbook:exercise 1.1\nfunc G() {}\n", "marked twice"},
		{"in what is no Go", "func F( {\n", "p.go:3"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, err := Read(map[string]string{"p.go": "package p\n\n" + tt.text})
			assert.ErrorContains(t, err, tt.want, "an author must learn of an exercise that nobody would get")
		})
	}
}
