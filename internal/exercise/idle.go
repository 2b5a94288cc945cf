package exercise

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

// idleAttribute names the test attribute that tells an idle row.
const idleAttribute = "idle"

// The test attributes of an impostor: what it does. Of one that is unmasked: where such
// code was met, and a row that fails on it, once for each. Of one that survives: in
// what it differs from a correct server.
const (
	seenAttribute    = "seen"
	caughtAttribute  = "caught"
	didAttribute     = "did"
	differsAttribute = "differs"
)

// Unmasked tells of an impostor which rows of a learner's table fail on it, what it
// does, and where such code has shipped.
func Unmasked(t *testing.T, rows []string, did, story string) {
	t.Helper()
	t.Attr(didAttribute, oneLine(did))
	t.Attr(seenAttribute, oneLine(story))
	for _, row := range rows {
		t.Attr(caughtAttribute, oneLine(row))
	}
}

// Survived fails the test of an impostor that no row of a learner's table fails on. It
// says what the impostor did, and which row came nearest, if that is known. The last
// one that is left is blind: who knows its flaw writes the row for it without a
// thought, so that the learner hears only in what it differs.
func Survived(t *testing.T, id string, last bool, differs, did, nearest string) {
	t.Helper()
	t.Attr(didAttribute, oneLine(did))
	t.Attr(differsAttribute, oneLine(differs))
	text := fmt.Sprintf("expected a row to fail on this impostor, got none: %s, and your table still passed\n%s",
		did, nearest)
	if last {
		text = fmt.Sprintf("expected a row to fail on this impostor, got none. It is the last one, and it differs in %s.\n"+
			"go tool workbook hint %s   names it, the second time", differs, id)
	}
	fmt.Fprintln(t.Output(), strings.TrimSpace(text))
	t.Fail()
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
