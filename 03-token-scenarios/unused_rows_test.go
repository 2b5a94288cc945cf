package tokens

import (
	"testing"
	"time"

	"example.com/authbook/internal/exercise"
)

// unusedRow is one case of longestUnused: a list of sessions, how many may stay,
// and the ids that come back.
type unusedRow struct {
	name     string
	sessions []Session // device("phone", 9*day, 3*day), …
	keep     int
	want     []string
}

// device is a session that was opened, and then used last, so long ago.
func device(id string, opened, used time.Duration) Session {
	return Session{ID: id, UserID: "jinho", Created: noon.Add(-opened), Rotated: noon.Add(-used)}
}

var noon = time.Date(2026, 7, 1, 12, 0, 0, 0, time.UTC)

// unusedRows is the table of longestUnused: a row or more for each of its rules.
//
//workbook:exercise 3.11 TestUnusedRows
var unusedRows = []unusedRow{
	{
		"the last use counts, not the log-in, and not the place in the list",
		[]Session{device("a", 9*day, day), device("b", 7*day, 3*day), device("c", 8*day, 2*day)}, 2, []string{"b"},
	},
	{
		"of several the longest unused comes first",
		[]Session{device("a", 7*day, day), device("b", 9*day, 3*day), device("c", 8*day, 2*day)}, 1, []string{"b", "c"},
	},
	{
		"where there is room nothing ends",
		[]Session{device("a", 9*day, day)}, 3, nil,
	},
	{
		"seconds count",
		[]Session{device("a", day, 20*time.Second), device("b", day, 10*time.Second)}, 1, []string{"a"},
	},
	{
		"of those used in one moment the largest id goes",
		[]Session{device("b", day, day), device("d", day, day), device("a", day, day), device("c", day, day)}, 3, []string{"d"},
	},
	{
		"no room at all ends every one",
		[]Session{device("a", 9*day, day)}, 0, []string{"a"},
	},
}

func TestUnusedRows(t *testing.T) {
	t.Run("reference", func(t *testing.T) {
		exercise.Rows(t, "3.11", unusedRows, func(t *testing.T, row unusedRow) {
			if slip := row.slip(); slip != "" {
				t.Fatalf("%s: change the row", slip)
			}
			if got := answers(unusedModel(""), row); got != row.expected() {
				t.Errorf("your row ends %s, and a correct function ends %s: the comment above longestUnused has the rules",
					row.expected(), got)
			}
		})
	})
	exercise.Unmask(t, exercise.Rows, "3.11", unusedRows, unusedImpostors, unusedImpostor.judged)
}
