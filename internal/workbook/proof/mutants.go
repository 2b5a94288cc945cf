package proof

import (
	"context"
	"fmt"
	"slices"

	"example.com/authbook/internal/workbook/course"
	"example.com/authbook/internal/workbook/gorun"
	"example.com/authbook/internal/workbook/term"
)

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
	if p.equal, err = exceptionsOf(ch, "equivalents.txt"); err != nil {
		return nil, "", err
	}
	if p.idle, err = exceptionsOf(ch, "idle.txt"); err != nil {
		return nil, "", err
	}
	all, err := p.mutants()
	if err != nil {
		return nil, "", err
	}
	all, alone, err := p.buildMutants(ctx, all)
	if err != nil {
		return nil, "", err
	}
	problems, err = p.unchangedIsGreen(ctx)
	if err != nil || len(problems) > 0 {
		return problems, "", err
	}
	fates, err := p.runMutants(ctx, all, alone)
	if err != nil {
		return nil, "", err
	}
	return p.judgeAll(ctx, fates, alone)
}

// unchangedIsGreen runs the tests with all mutants in them, and none chosen.
func (p *proof) unchangedIsGreen(ctx context.Context) ([]string, error) {
	out, err := p.tryApart(ctx, p.chapter.Reference,
		gorun.TestRun{Binary: p.binary, Limit: gorun.RepeatLimit(p.runner.Limit)})
	if err != nil {
		return nil, err
	}
	problems := p.brokenOff("the reference", out)
	for _, r := range out.Rows {
		if r.Red() {
			problems = append(problems, p.problem("the reference fails %s", r.Name))
		}
	}
	p.expected = out.Rows
	return problems, nil
}

// The goals: no border may survive, and of the rest five in a hundred. No more
// than five in a hundred are called equivalent.
const share = 20

// judgeAll compares what became of the mutants with the goals.
func (p *proof) judgeAll(ctx context.Context, fates []fate,
	alone map[string]bool) (problems []string, summary string, err error) {
	var borders, rest tally
	for _, f := range fates {
		t := &rest
		if f.border {
			t = &borders
		}
		t.add(f, p.equal, p.chapter)
	}
	if len(borders.survivors) > 0 || len(rest.survivors)*share > rest.all-rest.equal {
		problems = slices.Concat(borders.survivors, rest.survivors)
	}
	if n := borders.equal + rest.equal; n*share > len(fates) {
		problems = append(problems, p.problem("%d of %d mutants are called equivalent, more than 5%%", n, len(fates)))
	}
	problems = append(problems, p.unused(p.equal, "is no mutant, or is killed")...)
	idle, err := p.idleRows(ctx, fates, alone)
	return append(problems, idle...), fmt.Sprintf("%s: borders %s, the rest %s", p.chapter.Name, borders, rest), err
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
