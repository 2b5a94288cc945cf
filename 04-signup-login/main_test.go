package accounts

import (
	"testing"

	"example.com/authbook/internal/exercise"
)

func TestMain(m *testing.M) { exercise.Main(m) }

// once runs a test that is no table as a table of one row: a panic of the code
// fails it and nothing else.
func once(t *testing.T, id, name string, f func(*testing.T), needs ...string) {
	t.Helper()
	type row struct {
		name  string
		needs []string
	}
	exercise.Rows(t, id, []row{{name, needs}}, func(t *testing.T, _ row) { f(t) })
}
