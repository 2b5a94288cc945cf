package exercise

import (
	"fmt"
	"testing"
)

// Flaw is what the test of a learner's table knows of an impostor.
type Flaw struct {
	Differs string // in what; all that is said of the last one
	Did     string // while the table passed
	Row     string // the first row that fails on it, "" while none does
}

// Unmask runs the impostors of a learner's table as rows of its exercise, by [Rows]
// or [SynctestRows]. One that no row of the table fails on fails. When there is
// none, it tells which rows are idle.
func Unmask[R, I any](t *testing.T, rows func(*testing.T, string, []I, func(*testing.T, I)),
	id string, table []R, impostors []I, judge func(I) Flaw,
) {
	t.Helper()
	var unmaskers []string
	t.Run("unmasks", func(t *testing.T) {
		t.Helper()
		rows(t, id, impostors, func(t *testing.T, impostor I) {
			flaw := judge(impostor)
			if flaw.Row == "" {
				Survived(t, id, survivors(impostors, judge) == 1, flaw.Differs, flaw.Did, "")
				return
			}
			fmt.Fprintf(t.Output(), "unmasked by %q: %s\n", flaw.Row, flaw.Did)
			Unmasked(t, []string{flaw.Row}, flaw.Did, "")
			unmaskers = append(unmaskers, flaw.Row)
		})
	})
	Idle(t, table, unmaskers, len(impostors))
}

// survivors counts the impostors that no row fails on.
func survivors[I any](impostors []I, judge func(I) Flaw) (n int) {
	for _, impostor := range impostors {
		if judge(impostor).Row == "" {
			n++
		}
	}
	return n
}
