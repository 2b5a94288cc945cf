package greet

import (
	"slices"
	"strconv"
	"testing"

	"example.com/authbook/internal/exercise"
)

func TestMap(t *testing.T) {
	type row struct {
		name string
		in   []int
		want []string
	}
	exercise.Rows(t, "1.3", []row{
		{"of none", nil, []string{}},
		{"of many", []int{1, 2}, []string{"1", "2"}},
	}, func(t *testing.T, row row) {
		got := Map(row.in, strconv.Itoa)
		if got == nil || !slices.Equal(got, row.want) {
			t.Errorf("expected %#v, got %#v: callers range over it and encode it", row.want, got)
		}
	})
}
