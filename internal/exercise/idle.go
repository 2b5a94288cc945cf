package exercise

import (
	"slices"
	"strings"
	"testing"
)

// idleAttribute names the test attribute that tells an idle row.
const idleAttribute = "idle"

// The test attributes of an impostor that is unmasked: where such code was met, and
// a row that fails on it, once for each. Those of one that survives: what it did,
// and in what it differs from a correct server.
const (
	seenAttribute    = "seen"
	caughtAttribute  = "caught"
	didAttribute     = "did"
	differsAttribute = "differs"
)

// Unmasked tells of an impostor which rows of a learner's table fail on it, and
// where such code has shipped.
func Unmasked(t *testing.T, rows []string, story string) {
	t.Helper()
	t.Attr(seenAttribute, oneLine(story))
	for _, row := range rows {
		t.Attr(caughtAttribute, oneLine(row))
	}
}

// Survived tells of an impostor that no row fails on what it did, and in what it
// differs.
func Survived(t *testing.T, did, differs string) {
	t.Helper()
	t.Attr(didAttribute, oneLine(did))
	t.Attr(differsAttribute, oneLine(differs))
}

func oneLine(text string) string { return strings.Join(strings.Fields(text), " ") }

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
			t.Attr(idleAttribute, oneLine(name))
		}
	}
}
