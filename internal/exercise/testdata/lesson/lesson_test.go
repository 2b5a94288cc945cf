package lesson

import (
	"os"
	"testing"
	"time"

	"example.com/authbook/internal/exercise"
)

func TestMain(m *testing.M) { exercise.Main(m) }

//workbook:exercise 9.4
var emptyRows = []row{}

type row struct {
	name  string
	needs []string
	in    int
}

var rows = []row{{name: "zero", in: 0}, {name: "one", in: 1}}

func TestRight(t *testing.T) {
	exercise.Rows(t, "9.1", rows, func(t *testing.T, row row) {
		if got := Right(row.in); got != row.in+1 {
			t.Errorf("got %d", got)
		}
	})
}

func TestBlank(t *testing.T) {
	exercise.Rows(t, "9.2", rows, func(t *testing.T, row row) { Blank(row.in) })
}

func TestPanics(t *testing.T) {
	exercise.Rows(t, "9.3", rows, func(t *testing.T, row row) { Panics(row.in) })
}

func TestPanicsInABubble(t *testing.T) {
	exercise.SynctestRows(t, "9.3", rows, func(t *testing.T, row row) {
		time.Sleep(time.Hour)
		Panics(row.in)
	})
}

func TestEmptyTable(t *testing.T) {
	exercise.Rows(t, "9.4", emptyRows, func(t *testing.T, row row) {})
}

func TestBox_Get(t *testing.T) {
	exercise.Rows(t, "9.10", rows, func(t *testing.T, row row) { (&Box[int]{}).Get() })
}

func TestUsesBlank(t *testing.T) {
	rows := []row{{name: "leans on 9.2", needs: []string{"9.2"}}}
	exercise.Rows(t, "9.6", rows, func(t *testing.T, row row) { UsesBlank(row.in) })
}

func TestNeeds(t *testing.T) {
	exercise.Needs(t, "9.1", "9.2")
	Blank(1)
}

func TestNeedsWritten(t *testing.T) {
	needs := []string{"9.1", "9.3"}
	exercise.Rows(t, "9.6", []row{{name: "red", needs: needs}, {name: "green", needs: needs, in: 1}}, func(t *testing.T, row row) {
		if row.in != 1 {
			t.Error("red")
		}
	})
}

func TestIdleRows(t *testing.T) {
	t.Run("all unmasked", func(t *testing.T) { exercise.Idle(t, rows, []string{"zero", "zero"}, 2) })
	t.Run("survives", func(t *testing.T) { exercise.Survived(t, "9.1", false, "time", "it slept", "a row was near") })
	t.Run("blind", func(t *testing.T) { exercise.Survived(t, "9.1", true, "time", "it overslept", "") })
	t.Run("one left", func(t *testing.T) { exercise.Idle(t, rows, []string{"zero"}, 2) })
}

func TestDuplicateNames(t *testing.T) {
	rows := []row{{name: "same"}, {name: "same"}}
	exercise.Rows(t, "9.1", rows, func(t *testing.T, row row) {})
}

func TestUnknownExercise(t *testing.T) {
	exercise.Rows(t, "9.99", rows, func(t *testing.T, row row) {})
}

func ExampleBlank() {
	Blank(1)
	os.Exit(3) // not reached
	// Output:
}
