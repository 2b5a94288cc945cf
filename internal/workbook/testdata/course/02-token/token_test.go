package token

import (
	"testing"

	"example.com/authbook/internal/exercise"
)

func TestMain(m *testing.M) { exercise.Main(m) }

func TestSum(t *testing.T) {
	type row struct{ name, in, start string }
	exercise.Rows(t, "2.1", []row{
		{"of nothing", "", "e3b0c442"},
		{"of abc", "abc", "ba7816bf"},
	}, func(t *testing.T, row row) {
		if got := Sum(row.in); len(got) != 64 || got[:8] != row.start {
			t.Errorf("expected 64 digits from %s on, got %q", row.start, got)
		}
	})
}

func TestSame(t *testing.T) {
	type row struct {
		name    string
		needs   []string
		in, sum string
		want    bool
	}
	exercise.Rows(t, "2.2", []row{
		{"the right sum", []string{"2.1"}, "abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", true},
		{"a wrong sum", []string{"2.1"}, "abc", "no sum", false},
		{"no sum", []string{"2.1"}, "abc", "", false},
	}, func(t *testing.T, row row) {
		if got := Same(row.in, row.sum); got != row.want {
			t.Errorf("expected %v, got %v", row.want, got)
		}
	})
}
