package greet

import (
	"slices"
	"testing"

	"example.com/authbook/internal/exercise"
)

func TestGreet(t *testing.T) {
	type row struct{ name, in, want string }
	exercise.Rows(t, "1.2", []row{
		{"a name", "Ann", "Hello, Ann!"},
		{"a name with spaces", "  Ann ", "Hello, Ann!"},
		{"no name", "", "Hello, you!"},
	}, func(t *testing.T, row row) {
		if got := Greet(row.in); got != row.want {
			t.Errorf("Greet(%q): expected %q, got %q: a greeting must reach its reader", row.in, row.want, got)
		}
	})
}

func TestGreetAll(t *testing.T) {
	type row struct {
		name  string
		needs []string
		in    []string
		want  []string
	}
	exercise.Rows(t, "1.4", []row{
		{"two", []string{"1.2", "1.3"}, []string{"A", "B"}, []string{"Hello, A!", "Hello, B!"}},
		{"one", []string{"1.2", "1.3"}, []string{"A"}, []string{"Hello, A!"}},
	}, func(t *testing.T, row row) {
		if got := GreetAll(row.in...); !slices.Equal(got, row.want) {
			t.Errorf("expected %q, got %q: each is greeted once", row.want, got)
		}
	})
}
