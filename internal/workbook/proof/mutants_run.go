package proof

import (
	"context"
	"maps"
	"runtime"

	"example.com/authbook/internal/workbook/course"
	"example.com/authbook/internal/workbook/gorun"
	"example.com/authbook/internal/workbook/term"
	"golang.org/x/sync/errgroup"
)

// fate is what became of a mutant.
type fate struct {
	mutant
	killed bool
	hangs  bool
	reds   []string // the rows that failed
}

// runMutants runs the tests over each mutant. Limits that stand alone are not in
// the binary. What does not compile alone is no mutant.
func (p *proof) runMutants(ctx context.Context, all []mutant, alone map[string]bool) ([]fate, error) {
	done := p.printer.Progress(p.chapter.Name + ": " + term.Count(len(all), "mutant"))
	defer done()
	fates := make([]*fate, len(all))
	var group errgroup.Group
	group.SetLimit(runtime.NumCPU())
	for i, m := range all {
		group.Go(func() (err error) {
			fates[i], err = p.fateOf(ctx, m, alone[m.limit])
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
func (p *proof) fateOf(ctx context.Context, m mutant, alone bool) (*fate, error) {
	version := maps.Clone(p.chapter.Reference)
	whole := course.Span{Start: m.place.Start, End: m.place.End()}
	var err error
	version[m.place.File], err = course.FixImports(course.Splice(version[m.place.File],
		[]course.Edit{{At: whole, Text: m.text}}), nil, p.names)
	if err != nil {
		return nil, err
	}
	run := gorun.TestRun{Binary: p.binary, Only: m.place.Tests, Variant: m.name}
	if alone {
		if run.Binary, _, err = p.compile(ctx, version); err != nil || run.Binary == nil {
			return nil, err
		}
	}
	run.Limit = p.runner.Limit / 4 // 5 s, many times what they take
	out, err := p.tryApart(ctx, version, run)
	if err == nil && m.given() && p.hangs(out) { // or the machine was busy: these are all tests of the chapter
		run.Limit *= 2
		out, err = p.tryApart(ctx, version, run)
	}
	if err != nil {
		return nil, err
	}
	return p.judge(m, out), nil
}

func (p *proof) hangs(out gorun.Outcome) bool {
	return out.Crash != "" && gorun.ReadCrash(out.Crash, p.chapter.Name).Hangs
}

// judge reads a run: a row that fails kills, and so does a run that breaks off.
func (p *proof) judge(m mutant, out gorun.Outcome) *fate {
	f := &fate{mutant: m, hangs: p.hangs(out)}
	if out.Crash != "" {
		f.killed, f.reds = true, append(f.reds, gorun.ReadCrash(out.Crash, p.chapter.Name).Test)
	}
	for _, r := range out.Rows {
		if r.Red() {
			f.killed, f.reds = true, append(f.reds, r.Name)
		}
	}
	return f
}
