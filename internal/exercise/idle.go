package exercise

import (
	"slices"
	"strings"
	"testing"
)

// idleAttribute names the test attribute that tells an idle row.
const idleAttribute = "idle"

// seenAttribute names the test attribute that tells where an impostor was met.
const seenAttribute = "seen"

// Seen tells of an impostor that a learner's table unmasks where such code has
// shipped.
func Seen(t *testing.T, story string) {
	t.Helper()
	t.Attr(seenAttribute, strings.Join(strings.Fields(story), " "))
}

// Idle tells which rows of a learner's table could go, and all impostors would
// still be unmasked. unmaskers holds for each impostor the name of the first
// row that failed on it. While one of the impostors is not unmasked, or did not
// run, nothing is told.
func Idle[R any](t *testing.T, table []R, unmaskers []string, impostors int) {
	t.Helper()
	if t.Failed() || len(unmaskers) != impostors {
		return
	}
	for _, row := range table {
		if name, _ := describe(t, row); !slices.Contains(unmaskers, name) {
			t.Logf("every impostor is unmasked without the row %q too", name)
			t.Attr(idleAttribute, strings.Join(strings.Fields(name), " "))
		}
	}
}
