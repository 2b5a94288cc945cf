package course

import (
	"encoding/json"
	"reflect"
	"strings"
	"testing"

	"example.com/authbook/internal/mark"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// exercisesOf reads "1.1 A, 1.2 B".
func exercisesOf(list string) []mark.Exercise {
	var all []mark.Exercise
	for word := range strings.SplitSeq(list, ", ") {
		number, name, _ := strings.Cut(word, " ")
		id, _ := mark.ParseID(number)
		all = append(all, mark.Exercise{ID: id, Name: name})
	}
	return all
}

func TestMovesBetween(t *testing.T) {
	for _, row := range []struct{ name, before, after, want string }{
		{"the same", "1.1 A, 1.2 B", "1.1 A, 1.2 B", "1.1 1.2"},
		{"two change places", "1.1 A, 1.2 B", "1.1 B, 1.2 A", "1.2 1.1"},
		{"one is new in front", "1.1 A, 1.2 B", "1.1 N, 1.2 A, 1.3 B", "1.2 1.3"},
		{"one has a new name", "1.1 A, 1.2 B", "1.1 A, 1.2 C", "1.1 1.2"},
		{"one is gone at the end", "1.1 A, 1.2 B", "1.1 A", "1.1 1.9002"},
		{"one is gone, and another has its number", "1.1 A, 1.2 B", "1.1 B", "1.9001 1.1"},
	} {
		t.Run(row.name, func(t *testing.T) {
			before := exercisesOf(row.before)
			moves := MovesBetween(before, exercisesOf(row.after))
			var got []string
			for _, e := range before {
				got = append(got, moves[e.ID].String())
			}
			assert.Equal(t, row.want, strings.Join(got, " "))
		})
	}
}

func TestTree_Renumber(t *testing.T) {
	was := Tree{"a.go": "package a\n\n// A is 1.1, and not 1.10.\n//\n//workbook:exercise  1.1 TestA/1.1\nfunc A() { println(\"TODO 1.1 A\") }\n\n" +
		"//workbook:exercise 1.2\nfunc B() {\n\tpanic(\"TODO 1.2 B\")\n}\n\n" +
		"//workbook:exercise 1.10\nvar c = []int{\n\t// TODO 1.10 c: write the rows.\n}\n"}
	id := func(n int) mark.ID { return mark.ID{Chapter: 1, Number: n} }
	is, err := was.Renumber(Moves{id(1): id(2), id(2): id(10), id(10): id(1)})
	require.NoError(t, err)
	assert.Equal(t, "package a\n\n// A is 1.1, and not 1.10.\n//\n//workbook:exercise  1.2 TestA/1.1\nfunc A() { println(\"TODO 1.1 A\") }\n\n"+
		"//workbook:exercise 1.10\nfunc B() {\n\tpanic(\"TODO 1.10 B\")\n}\n\n"+
		"//workbook:exercise 1.1\nvar c = []int{\n\t// TODO 1.1 c: write the rows.\n}\n", is["a.go"],
		"what a learner wrote stays as it is")
}

// Whatever is noted by the number of an exercise must move, also what a later
// field of Progress notes.
func TestProgress_Move(t *testing.T) {
	p := Progress{Current: "1.1"}
	fields := reflect.ValueOf(&p).Elem()
	for _, f := range fields.Fields() {
		if f.Kind() == reflect.Map {
			f.Set(reflect.MakeMap(f.Type()))
			f.SetMapIndex(reflect.ValueOf("1.1"), reflect.Zero(f.Type().Elem()))
		}
	}
	p.Numbering = nil
	id := func(n int) mark.ID { return mark.ID{Chapter: 1, Number: n} }
	p.Move("01-x", Moves{id(1): id(2)}, "new")
	text, err := json.Marshal(p)
	require.NoError(t, err)
	assert.NotContains(t, string(text), `"1.1"`, "what was noted of 1.1 is noted of 1.2 now")
	assert.Equal(t, map[string]string{"01-x": "new"}, p.Numbering)

	p.Move("01-x", Moves{id(2): id(3)}, "new")
	again, err := json.Marshal(p)
	require.NoError(t, err)
	assert.JSONEq(t, string(text), string(again), "a branch that is updated later finds it done")
}
