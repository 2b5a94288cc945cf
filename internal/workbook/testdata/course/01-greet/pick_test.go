package greet

import (
	"errors"
	"math/rand/v2"
	"testing"

	"example.com/authbook/internal/exercise"
)

func TestBox_Pick(t *testing.T) {
	type row struct {
		name  string
		names []string
		want  string
		err   error
	}
	exercise.Rows(t, "1.5", []row{
		{"of one", []string{"Ann"}, "Ann", nil},
		{"of nobody", nil, "", ErrNobody},
	}, func(t *testing.T, row row) {
		box := &Box[string]{row.names}
		got, err := box.Pick(rand.New(rand.NewPCG(1, 2)))
		if got != row.want || !errors.Is(err, row.err) {
			t.Errorf("expected %q, %v; got %q, %v", row.want, row.err, got, err)
		}
	})
}
