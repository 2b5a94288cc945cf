package greet

import (
	"strings"
	"testing"

	"example.com/authbook/internal/exercise"
)

// loudCase is one call of Loud.
type loudCase struct{ in, want string }

// loudCases must hold for Loud and tell every impostor from it.
//
//workbook:exercise 1.1 TestLoud
var loudCases = []loudCase{
	{"hello", "HELLO!"},
	{"", ""},
}

// impostor is a flawed Loud.
type impostor struct {
	name string
	loud func(string) string
}

func TestLoud(t *testing.T) {
	rows := []impostor{
		{"reference", Loud},
		{"unmasks/quiet", func(s string) string {
			if s == "" {
				return ""
			}
			return s + "!"
		}},
		{"unmasks/shouts at nobody", func(s string) string { return strings.ToUpper(s) + "!" }},
	}
	type named struct{ name string }
	var cases []named
	for _, c := range loudCases {
		cases = append(cases, named{"a call with " + c.in})
	}
	var unmaskers []string
	exercise.Rows(t, "1.1", rows, func(t *testing.T, row impostor) {
		caught := false
		for i, c := range loudCases {
			if !caught && row.loud(c.in) != c.want {
				caught, unmaskers = true, append(unmaskers, cases[i].name)
			}
		}
		if want := row.name != "reference"; caught != want {
			t.Errorf("caught by the table: expected %v, got %v", want, caught)
		}
	})
	exercise.Idle(t, cases, unmaskers, len(rows)-1)
}
