package proof

import (
	"context"
	"fmt"
	"runtime"
	"slices"

	"example.com/authbook/internal/mark"
	"example.com/authbook/internal/text"
	"example.com/authbook/internal/workbook/course"
	"example.com/authbook/internal/workbook/gorun"
	"example.com/authbook/internal/workbook/term"
	"golang.org/x/sync/errgroup"
)

// proof is what the checks of one chapter share.
type proof struct {
	runner    *gorun.Runner
	printer   term.Printer
	chapter   *course.Chapter
	exercises []mark.Exercise // of the reference
	names     course.PackageNames
	answers   []course.WrongAnswer
	versions  map[*course.Chapter]course.Tree // the references, under every overlay
	dir       *course.Scratch
	expected  []gorun.Row   // the rows of a run of the reference
	binary    *gorun.Binary // the tests with every variant; nil where that can't be built
	race      bool
}

// Prove checks one chapter. It returns the problems, one line each, and a line that
// sums up what was checked.
func Prove(ctx context.Context, runner *gorun.Runner, printer term.Printer,
	ch *course.Chapter) (problems []string, summary string, err error) {
	p, clean, err := newProof(ctx, runner, printer, ch)
	if err != nil {
		return nil, "", err
	}
	defer clean()
	if len(p.exercises) == 0 {
		return nil, ch.Name + ": no exercises", nil
	}
	problems, err = p.referenceIsGreen(ctx)
	if err != nil {
		return nil, "", err
	}
	if len(problems) > 0 && len(p.expected) == 0 {
		return problems, "", nil // it did not run to its end: nothing is known
	}
	if len(problems) > 0 { // on a red reference no other run means anything
		gaps, err := p.gaps()
		return append(problems, gaps...), "", err
	}
	if err := p.buildOnce(ctx); err != nil {
		return nil, "", err
	}
	problems, err = p.each(ctx)
	summary = fmt.Sprintf("%s: %s (%s), %s, %s", ch.Name, text.N(len(p.exercises), "%d exercise", "%d exercises"),
		text.N(p.puzzles(), "%d with lines to order", "%d with lines to order"),
		text.N(len(p.answers), "%d wrong answer", "%d wrong answers"), text.N(len(p.expected), "%d row", "%d rows"))
	return problems, summary, err
}

func newProof(ctx context.Context, runner *gorun.Runner, printer term.Printer,
	ch *course.Chapter) (*proof, func(), error) {
	p := &proof{runner: runner, printer: printer, chapter: ch, race: gorun.CanRace(ctx, runner.Course.Root)}
	chapters, err := runner.Course.Chapters()
	if err != nil {
		return nil, nil, err
	}
	p.versions = course.References(slices.DeleteFunc(chapters,
		func(c *course.Chapter) bool { return c.Name == ch.Name }))
	if p.exercises, err = ch.Reference.Exercises(); err != nil {
		return nil, nil, course.InFolder(ch, err)
	}
	if p.answers, err = ch.WrongAnswers(); err != nil {
		return nil, nil, err
	}
	if p.names, err = course.NamesOf(ctx, runner.Course.Root, ch.Reference); err != nil {
		return nil, nil, err
	}
	dir, clean, err := course.NewScratch()
	p.dir = dir
	return p, clean, err
}

// overlay is one under which the chapter has the version t.
func (p *proof) overlay(t course.Tree) (course.Overlay, error) {
	return p.runner.Course.WriteOverlay(p.dir.Folder(), course.With(p.versions, p.chapter, t))
}

// try runs tests over a version of the chapter. If it differs from the reference
// in one exercise alone, run names that variant.
func (p *proof) try(ctx context.Context, t course.Tree, run gorun.TestRun) (gorun.Outcome, error) {
	o, err := p.overlay(t)
	if err != nil {
		return gorun.Outcome{}, err
	}
	run.Chapter, run.Overlay = p.chapter.Name, o
	if run.Variant != "" {
		run.Binary = p.binary
	}
	run.Limit = gorun.RepeatLimit(p.runner.Limit) // nobody waits, and the machine may be busy
	return p.runner.Test(ctx, run)
}

// job is one check. It returns the problems it finds, one line each. Below the
// last problem of a wrong answer is the mistake.
type job func(context.Context) ([]string, error)

// each runs all checks of the chapter, as many at a time as there are
// processors, and returns their problems in a fixed order.
func (p *proof) each(ctx context.Context) ([]string, error) {
	jobs := []job{p.notesAgree, p.answersDiffer, p.rulesHaveTests, questioning{p}.questionsHold, p.allBlank,
		p.tablesRepeat}
	for _, e := range p.exercises {
		jobs = append(jobs,
			func(context.Context) ([]string, error) { return p.isComplete(e) },
			func(ctx context.Context) ([]string, error) { return p.blankIsRed(ctx, e) },
			func(ctx context.Context) ([]string, error) { return p.zeroIsRed(ctx, e) },
			func(ctx context.Context) ([]string, error) { return p.puzzleHolds(ctx, e) })
	}
	for _, w := range p.answers {
		jobs = append(jobs, func(ctx context.Context) ([]string, error) {
			found, err := p.answerIsCaught(ctx, w)
			return p.withDiff(found, w), err
		})
	}
	return p.run(ctx, jobs)
}

func (p *proof) run(ctx context.Context, jobs []job) ([]string, error) {
	done := p.printer.Progress("%s: %d checks", p.chapter.Name, len(jobs))
	defer done()
	found := make([][]string, len(jobs))
	var all errgroup.Group
	all.SetLimit(runtime.NumCPU())
	for i, j := range jobs {
		all.Go(func() (err error) {
			found[i], err = j(ctx)
			return err
		})
	}
	err := all.Wait()
	return slices.Concat(found...), err
}

// gaps is what can be said without a run, so that an author reads all that a
// new exercise lacks at once.
func (p *proof) gaps() ([]string, error) {
	var all []string
	for _, e := range p.exercises {
		lacking, err := p.isComplete(e)
		if err != nil {
			return nil, err
		}
		all = append(all, lacking...)
	}
	for _, w := range p.answers {
		if w.Broken != nil {
			all = append(all, w.Broken.Error())
		}
	}
	return all, nil
}

// referenceIsGreen runs the finished chapter twenty times in random orders: a
// row that fails now and then is no use to a learner.
func (p *proof) referenceIsGreen(ctx context.Context) ([]string, error) {
	out, err := p.try(ctx, p.chapter.Reference, gorun.TestRun{Times: gorun.Repeats})
	if err != nil {
		return nil, err
	}
	if broken := p.brokenOff("the reference", out); broken != nil {
		return broken, nil
	}
	p.expected = out.Rows
	var problems []string
	for _, r := range out.Rows {
		if r.Flaky() {
			problems = append(problems, p.problem("the reference: %s is flaky, it failed %d of %d times", r.Name,
				r.Failed, r.Failed+r.Passed))
		} else if r.Red() {
			problems = append(problems, p.problem("the reference fails %s", r.Name))
		}
	}
	return problems, nil
}

// brokenOff is the problem of a run that did not come to its end.
func (p *proof) brokenOff(what string, out gorun.Outcome) []string {
	switch {
	case out.Build != "":
		first := gorun.FirstLine(out.Build, "./", p.chapter.Name, "..", "/")
		return []string{p.problem("%s does not compile: %s", what, first)}
	case out.Crash != "":
		c := gorun.ReadCrash(p.chapter.Language, out.Crash, p.chapter.Name)
		return []string{p.problem("%s breaks off in %s: %s %s", what, c.Test, c.What, c.Where)}
	}
	return nil
}

func (p *proof) problem(format string, args ...any) string {
	return p.chapter.Name + ": " + fmt.Sprintf(format, args...)
}
