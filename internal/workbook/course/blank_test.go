package course

import (
	"testing"

	"example.com/authbook/internal/mark"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// source is a file with every kind of exercise.
const source = `package p

import (
	"errors"
	"fmt"
)

// Plain is a function.
//
//workbook:exercise 1.1
func Plain(a, b int) (sum int, err error) {
	// a comment inside
	return a + b, errors.New(fmt.Sprint(a))
}

// T has methods.
type T[K comparable] struct{}

// Get is a method of a generic type.
//
//workbook:exercise 1.2
func (t *T[K]) Get(K) (fmt.Stringer, error) { return nil, nil }

// rows is a table.
//
//workbook:exercise 1.3 TestRows
var rows = map[string]error{
	"a": errors.New("a"),
}

//workbook:exercise 1.4
func Quiet() { fmt.Println("x") }

// given stays.
func given() {}
`

func TestTree_fill(t *testing.T) {
	tests := []struct {
		name string
		with Filler
		want string
	}{
		{"blank", Todo, `package p

import (
	"fmt"
)

// Plain is a function.
//
//workbook:exercise 1.1
func Plain(a, b int) (sum int, err error) {
	// Imports it may need: "errors", "fmt" (is there)
	panic("TODO 1.1 Plain")
}

// T has methods.
type T[K comparable] struct{}

// Get is a method of a generic type.
//
//workbook:exercise 1.2
func (t *T[K]) Get(K) (fmt.Stringer, error) {
	panic("TODO 1.2 T.Get")
}

// rows is a table.
//
//workbook:exercise 1.3 TestRows
var rows = map[string]error{
	// TODO 1.3 rows: write the rows.
	// Imports it may need: "errors"
}

//workbook:exercise 1.4
func Quiet() {
	// Imports it may need: "fmt" (is there)
	panic("TODO 1.4 Quiet")
}

// given stays.
func given() {}
`},
		{"zero", func(e mark.Exercise, imports, there []ImportSpec) string {
			if e.Table {
				return "{}"
			}
			return Zero(e, imports, there)
		}, `package p

import (
	"fmt"
)

// Plain is a function.
//
//workbook:exercise 1.1
func Plain(a, b int) (sum int, err error) {
	return
}

// T has methods.
type T[K comparable] struct{}

// Get is a method of a generic type.
//
//workbook:exercise 1.2
func (t *T[K]) Get(K) (fmt.Stringer, error) {
	var zero0 fmt.Stringer
	var zero1 error
	return zero0, zero1
}

// rows is a table.
//
//workbook:exercise 1.3 TestRows
var rows = map[string]error{}

//workbook:exercise 1.4
func Quiet() {
}

// given stays.
func given() {}
`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, err := Tree{"p.go": source}.Fill(Every, tt.with, nil)
			require.NoError(t, err)
			assert.Equal(t, tt.want, got["p.go"])
			again, err := got.Fill(Every, tt.with, nil)
			require.NoError(t, err)
			if tt.name == "zero" {
				return
			}
			all, err := again.Exercises()
			require.NoError(t, err)
			for _, e := range all {
				assert.True(t, e.Blank, "%s must be seen to be blank", e)
			}
		})
	}
}

// TestTree_take shows that what is blanked comes back as it was.
// A table may be one struct.
func TestTree_fill_aStruct(t *testing.T) {
	const declared = "package p\n\n//workbook:exercise 1.1\nvar one = pair{"
	got, err := Tree{"p.go": declared + "a: 1}\n"}.Fill(Every, Todo, nil)
	require.NoError(t, err)
	assert.Equal(t, declared+"\n\t// TODO 1.1 one: write the fields.\n}\n", got["p.go"])
}

func TestTree_take(t *testing.T) {
	whole := Tree{"p.go": source}
	blanks, err := whole.Fill(Every, Todo, nil)
	require.NoError(t, err)
	back, err := blanks.Take(whole, Every, nil)
	require.NoError(t, err)
	assert.Equal(t, source, back["p.go"], "bodies and imports must come back")

	one, err := blanks.Take(whole, Only(mark.ID{Chapter: 1, Number: 4}), nil)
	require.NoError(t, err)
	all, err := one.Exercises()
	require.NoError(t, err)
	for _, e := range all {
		assert.Equal(t, e.ID != mark.ID{Chapter: 1, Number: 4}, e.Blank, "only 1.4 was asked for, not %s", e)
	}
}

// TestChapters_comeBack does to the real chapters what start and reveal do:
// blank, each exercise is seen to be, and back, each file is as it was.
func TestChapters_comeBack(t *testing.T) {
	c, err := Open(".")
	require.NoError(t, err)
	chapters, err := c.Chapters()
	require.NoError(t, err)
	for _, ch := range chapters {
		t.Run(ch.Name, func(t *testing.T) {
			t.Parallel()
			names, err := NamesOf(t.Context(), c.Root, ch.Reference)
			require.NoError(t, err)
			blanks, err := ch.Reference.Fill(Every, Todo, names)
			require.NoError(t, err)
			all, err := blanks.Exercises()
			require.NoError(t, err)
			require.NotEmpty(t, all)
			for _, e := range all {
				assert.True(t, e.Blank, "%s must be seen to be blank", e)
			}
			back, err := blanks.Take(ch.Reference, Every, names)
			require.NoError(t, err)
			for name, text := range ch.Reference {
				assert.Equal(t, text, back[name], "what was blanked must come back as it was: %s", name)
			}
		})
	}
}
