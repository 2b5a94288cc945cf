package proof

import (
	"context"
	"maps"
	"runtime"

	"example.com/authbook/internal/text"
	"example.com/authbook/internal/workbook/course"
	"example.com/authbook/internal/workbook/gorun"
	"golang.org/x/sync/errgroup"
)

// fate is what became of a mutant.
type fate struct {
	mutant
	killed bool
	hangs  bool
	reds   []string // the rows that failed
	out    gorun.Outcome
}

// runMutants runs the tests over each mutant. Limits that stand alone are not in
// the binary. What does not compile alone is no mutant.
func (h *hunt) runMutants(ctx context.Context, all []mutant, alone map[string]bool) ([]fate, error) {
	done := h.printer.Progress("%s: %s", h.chapter.Name, text.N(len(all), "%d mutant", "%d mutants"))
	defer done()
	fates := make([]*fate, len(all))
	var group errgroup.Group
	group.SetLimit(runtime.NumCPU())
	for i, m := range all {
		group.Go(func() (err error) {
			fates[i], err = h.fateOf(ctx, m, alone[m.limit])
			return err
		})
	}
	if err := group.Wait(); err != nil {
		return nil, err
	}
	var known []fate
	for _, f := range fates {
		if f != nil {
			known = append(known, *f)
		}
	}
	return known, nil
}

// fateOf runs the tests of a mutant's exercise over it, or all of the chapter for
// given code. It returns nil for one that does not compile.
func (h *hunt) fateOf(ctx context.Context, m mutant, alone bool) (*fate, error) {
	version := maps.Clone(h.chapter.Reference)
	whole := course.Span{Start: m.place.Start, End: m.place.End()}
	var err error
	version[m.place.File], err = course.FixImports(course.Splice(version[m.place.File],
		[]course.Edit{{At: whole, Text: m.text}}), nil, h.names)
	if err != nil {
		return nil, err
	}
	run := gorun.TestRun{Binary: h.binary, Only: m.place.Tests, Variant: m.name}
	if alone {
		if run.Binary, _, err = h.compile(ctx, version); err != nil || run.Binary == nil {
			return nil, err
		}
	}
	run.Limit = h.runner.Limit / 4 // 5 s, many times what they take
	out, err := h.tryApart(ctx, version, run)
	if err == nil && m.given() && h.hangs(out) { // or the machine was busy: these are all tests of the chapter
		run.Limit *= 2
		out, err = h.tryApart(ctx, version, run)
	}
	if err != nil {
		return nil, err
	}
	return h.judge(m, out), nil
}

func (h *hunt) hangs(out gorun.Outcome) bool {
	return out.Crash != "" && gorun.ReadCrash(h.chapter.Language, out.Crash, h.chapter.Name).Hangs
}

// judge reads a run: a row that fails kills, and so does a run that breaks off.
func (h *hunt) judge(m mutant, out gorun.Outcome) *fate {
	f := &fate{mutant: m, hangs: h.hangs(out), out: out}
	if out.Crash != "" {
		f.killed, f.reds = true, append(f.reds, gorun.ReadCrash(h.chapter.Language, out.Crash, h.chapter.Name).Test)
	}
	for _, r := range out.Rows {
		if r.Red() {
			f.killed, f.reds = true, append(f.reds, r.Name)
		}
	}
	return f
}
