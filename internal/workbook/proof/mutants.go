package proof

import (
	"context"
	"fmt"
	"slices"

	"example.com/authbook/internal/workbook/course"
	"example.com/authbook/internal/workbook/gorun"
	"example.com/authbook/internal/workbook/term"
)

// hunt is a proof that looks for mutants that survive.
type hunt struct {
	*proof
	equal, idle []*exception
}

// Mutants changes the code of one chapter in small ways, and asks its tests. It
// returns what misses the goals, one line each: borders and the rest that nobody
// kills, rows that catch nobody, and exceptions that are none. The summary has the
// figures.
func Mutants(ctx context.Context, runner *gorun.Runner, printer term.Printer,
	ch *course.Chapter) (problems []string, summary string, err error) {
	p, clean, err := newProof(ctx, runner, printer, ch)
	if err != nil {
		return nil, "", err
	}
	defer clean()
	h := &hunt{proof: p}
	if h.equal, err = exceptionsOf(ch, "equivalents.txt"); err != nil {
		return nil, "", err
	}
	if h.idle, err = exceptionsOf(ch, "idle.txt"); err != nil {
		return nil, "", err
	}
	all, err := h.mutants()
	if err != nil {
		return nil, "", err
	}
	all, alone, err := h.buildMutants(ctx, all)
	if err != nil {
		return nil, "", err
	}
	problems, err = h.unchangedIsGreen(ctx)
	if err != nil || len(problems) > 0 {
		return problems, "", err
	}
	fates, err := h.runMutants(ctx, all, alone)
	if err != nil {
		return nil, "", err
	}
	return h.judgeAll(ctx, fates, alone)
}

// unchangedIsGreen runs the tests with all mutants in them, and none chosen.
func (h *hunt) unchangedIsGreen(ctx context.Context) ([]string, error) {
	out, err := h.tryApart(ctx, h.chapter.Reference,
		gorun.TestRun{Binary: h.binary, Limit: gorun.RepeatLimit(h.runner.Limit)})
	if err != nil {
		return nil, err
	}
	problems := h.brokenOff("the reference", out)
	for _, r := range out.Rows {
		if r.Red() {
			problems = append(problems, h.problem("the reference fails %s", r.Name))
		}
	}
	h.expected = out.Rows
	return problems, nil
}

// The goals: no border may survive, and of the rest five in a hundred. No more
// than five in a hundred are called equivalent.
const share = 20

// judgeAll compares what became of the mutants with the goals.
func (h *hunt) judgeAll(ctx context.Context, fates []fate,
	alone map[string]bool) (problems []string, summary string, err error) {
	var borders, rest tally
	for _, f := range fates {
		t := &rest
		if f.border {
			t = &borders
		}
		t.add(f, h.equal, h.chapter)
	}
	if len(borders.survivors) > 0 || len(rest.survivors)*share > rest.all-rest.equal {
		problems = slices.Concat(borders.survivors, rest.survivors)
	}
	if n := borders.equal + rest.equal; n*share > len(fates) {
		problems = append(problems, h.problem("%d of %d mutants are called equivalent, more than 5%%", n, len(fates)))
	}
	problems = append(problems, h.unused(h.equal, "is no mutant, or is killed")...)
	idle, err := h.idleRows(ctx, fates, alone)
	return append(problems, idle...), fmt.Sprintf("%s: borders %s, the rest %s", h.chapter.Name, borders, rest), err
}

// tally counts mutants of one kind.
type tally struct {
	all, killed, equal int
	survivors          []string
}

func (t *tally) add(f fate, equal []*exception, ch *course.Chapter) {
	t.all++
	if f.killed {
		t.killed++
		return
	}
	for _, e := range equal {
		if e.name == f.name {
			e.used = true
			t.equal++
			return
		}
	}
	t.survivors = append(t.survivors, f.at(ch))
}

func (t tally) String() string {
	text := fmt.Sprintf("%d of %d killed", t.killed, t.all-t.equal)
	if t.equal > 0 {
		text += fmt.Sprintf(" (and %d equivalent)", t.equal)
	}
	return text
}
