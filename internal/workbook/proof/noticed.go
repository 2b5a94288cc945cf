package proof

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"example.com/authbook/internal/mark"
	"example.com/authbook/internal/workbook/course"
	"example.com/authbook/internal/workbook/gorun"
	"example.com/authbook/internal/workbook/term"
)

// Noticed is a small change of what a learner wrote that few rows notice: of a
// function a changed or dropped line, of a table a dropped row.
type Noticed struct {
	Exercise      mark.Exercise
	Line          int    // of the file
	Before, After string // the line, and what becomes of it, "" for nothing
	Red, Green    []gorun.Row
}

// Patience is as long as somebody waits for a question.
const Patience = 10 * time.Second

const (
	few       = 3 // rows that notice: more would tell nothing apart
	triesEach = 3 // changes of one exercise that are looked at
)

// FewNotice looks for changes of a chapter, as it is on disk, that one to three rows
// notice while others stay green: one for each exercise, and no more than most. They
// are the same each time. At the deadline of ctx it returns what it has found by then.
func FewNotice(ctx context.Context, runner *gorun.Runner, printer term.Printer, ch *course.Chapter,
	green []mark.Exercise, most int) ([]Noticed, error) {
	own := *ch
	own.Reference = ch.Disk
	p, clean, err := newProof(ctx, runner, printer, &own)
	if err != nil {
		return nil, err
	}
	defer clean()
	h := &hunt{proof: p}
	found, err := h.fewNotice(ctx, green, most)
	if errors.Is(ctx.Err(), context.DeadlineExceeded) {
		err = nil
	}
	return found, err
}

func (h *hunt) fewNotice(ctx context.Context, green []mark.Exercise, most int) (found []Noticed, err error) {
	all, alone, err := h.buildMutants(ctx, h.someOf(green))
	if err != nil || len(all) == 0 {
		return nil, err
	}
	unchanged := gorun.TestRun{Binary: h.binary, Only: gorun.PatternsOf(green), Limit: h.runner.Limit}
	out, err := h.tryApart(ctx, h.chapter.Reference, unchanged)
	if err != nil || out.Crash != "" || slices.ContainsFunc(out.Rows, gorun.Row.Red) {
		return nil, err // a row that is red by itself tells nothing
	}
	asked := map[mark.ID]bool{}
	for _, m := range all {
		if asked[m.place.ID] {
			continue
		}
		f, err := h.fateOf(ctx, m, alone[m.limit])
		if err != nil {
			return found, err
		}
		n, ok := f.noticed()
		if asked[m.place.ID] = ok; ok {
			found = append(found, n)
		}
		if len(found) == most {
			break
		}
	}
	return found, nil
}

// someOf are a few changes of each exercise, in an order that nobody can foresee and
// that is the same for the same text: the first of each exercise, then the second ones.
func (h *hunt) someOf(green []mark.Exercise) (some []mutant) {
	lot := func(a, b mutant) int { return strings.Compare(course.Fingerprint(a.name), course.Fingerprint(b.name)) }
	var places []mark.Exercise
	for _, e := range h.exercises {
		if _, ok := course.Find(green, e.ID); ok {
			places = append(places, e)
		}
	}
	rounds := make([][]mutant, triesEach)
	for _, e := range places {
		for i, m := range slices.SortedFunc(slices.Values(h.mutantsOf([]mark.Exercise{e})), lot) {
			if i < triesEach {
				rounds[i] = append(rounds[i], m)
			}
		}
	}
	for _, round := range rounds {
		some = append(some, slices.SortedFunc(slices.Values(round), lot)...)
	}
	return some
}

// noticed is what became of a change, if there is something to ask about it.
func (f fate) noticed() (n Noticed, ok bool) {
	n = Noticed{Exercise: f.place, Line: f.line, Before: f.before, After: f.after}
	if f.after == nothing {
		n.After = ""
	}
	for _, r := range f.out.Rows {
		if _, isImpostor := gorun.ImpostorIn(r.Name); f.place.Table && !isImpostor {
			continue
		}
		if r.Red() {
			n.Red = append(n.Red, r)
		} else {
			n.Green = append(n.Green, r)
		}
	}
	return n, f.out.Crash == "" && len(n.Red) >= 1 && len(n.Red) <= few && len(n.Green) >= 2
}
