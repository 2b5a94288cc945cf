package main

import (
	"cmp"
	"context"
	"fmt"
	"os/exec"
	"runtime"
	"slices"
	"strings"
	"sync"

	"example.com/authbook/internal/mark"
)

// prove shows that the course teaches: blank exercises fail for the right
// reason, no test is content with nothing, wrong answers are caught by the rows
// they name, and the notes agree with the code. It works on the reference
// through overlays, so it may run beside a learner's work.
func prove(ctx context.Context, a *app, args arguments) error {
	chapters, err := a.proven(args.first())
	if err != nil {
		return err
	}
	if args.flags["--matrix"] {
		return matrix(ctx, a, chapters)
	}
	failed := false
	for _, ch := range chapters {
		problems, summary, err := a.proveChapter(ctx, ch)
		if err != nil {
			return err
		}
		for _, p := range problems {
			a.ui.say("%s %s", a.ui.paint(red, "✗"), p)
		}
		if len(problems) == 0 {
			a.ui.say("%s %s", a.ui.paint(green, "✓"), summary)
		}
		failed = failed || len(problems) > 0
	}
	if failed {
		return errRed
	}
	return nil
}

// proven returns the chapter that a word names, or all that have exercises.
func (a *app) proven(word string) ([]*chapter, error) {
	if word != "" {
		ch, err := a.chapter(word)
		return []*chapter{ch}, err
	}
	chapters, err := a.chapters()
	return slices.DeleteFunc(chapters, func(ch *chapter) bool { return len(ch.exercises) == 0 }), err
}

// proof is what the checks of one chapter share.
type proof struct {
	*app
	chapter   *chapter
	exercises []mark.Exercise // of the reference
	names     packageNames
	answers   []wrongAnswer
	versions  map[*chapter]tree // the references, under every overlay
	dir       *scratch
	expected  []row   // the rows of a run of the reference
	binary    *binary // the tests with every variant; nil where that can't be built
	race      bool
}

func (a *app) proveChapter(ctx context.Context, ch *chapter) (problems []string, summary string, err error) {
	p, clean, err := a.newProof(ctx, ch)
	if err != nil {
		return nil, "", err
	}
	defer clean()
	if len(p.exercises) == 0 {
		return nil, ch.name + ": no exercises", nil
	}
	problems, err = p.referenceIsGreen(ctx)
	if err != nil || len(problems) > 0 {
		return problems, "", err // on a red reference nothing else means anything
	}
	if err := p.buildOnce(ctx); err != nil {
		return nil, "", err
	}
	problems, err = p.each(ctx)
	summary = fmt.Sprintf("%s: %s, %s, %s", ch.name, count(len(p.exercises), "exercise"), count(len(p.answers), "wrong answer"), count(len(p.expected), "row"))
	return problems, summary, err
}

func (a *app) newProof(ctx context.Context, ch *chapter) (*proof, func(), error) {
	p := &proof{app: a, chapter: ch, race: canRace(ctx, a.root)}
	chapters, err := a.chapters()
	if err != nil {
		return nil, nil, err
	}
	p.versions = references(slices.DeleteFunc(chapters, func(c *chapter) bool { return c.name == ch.name }))
	if p.exercises, err = ch.reference.exercises(); err != nil {
		return nil, nil, inFolder(ch, err)
	}
	if p.answers, err = ch.wrongAnswers(); err != nil {
		return nil, nil, err
	}
	if p.names, err = namesOf(ctx, a.root, ch.reference); err != nil {
		return nil, nil, err
	}
	dir, clean, err := newScratch()
	p.dir = dir
	return p, clean, err
}

// canRace reports whether the race detector works here: it needs a C compiler.
func canRace(ctx context.Context, root string) bool {
	cmd := exec.CommandContext(ctx, "go", "env", "CGO_ENABLED", "CC")
	cmd.Dir = root
	out, err := cmd.Output()
	words := strings.Fields(string(out))
	if err != nil || len(words) < 2 || words[0] != "1" {
		return false
	}
	_, err = exec.LookPath(words[1])
	return err == nil
}

// lay is an overlay under which the chapter has the version t.
func (p *proof) lay(t tree) (overlay, error) {
	return p.app.lay(p.dir.folder(), with(p.versions, p.chapter, t))
}

// try runs tests over a version of the chapter. If it differs from the reference
// in one exercise alone, run names that variant.
func (p *proof) try(ctx context.Context, t tree, run testRun) (outcome, error) {
	o, err := p.lay(t)
	if err != nil {
		return outcome{}, err
	}
	run.chapter, run.overlay = p.chapter.name, o
	if run.variant != "" {
		run.binary = p.binary
	}
	run.limit = repeatLimit(p.limit) // nobody waits, and the machine may be busy
	return p.test(ctx, run)
}

// job is one check. It returns the problems it finds, one line each. Below the
// last problem of a wrong answer is the mistake.
type job func(context.Context) ([]string, error)

// each runs all checks of the chapter, as many at a time as there are
// processors, and returns their problems in a fixed order.
func (p *proof) each(ctx context.Context) ([]string, error) {
	jobs := []job{p.notesAgree, p.answersDiffer, p.rulesHaveTests, p.allBlank, p.tablesRepeat}
	for _, e := range p.exercises {
		jobs = append(jobs,
			func(context.Context) ([]string, error) { return p.isComplete(e) },
			func(ctx context.Context) ([]string, error) { return p.blankIsRed(ctx, e) },
			func(ctx context.Context) ([]string, error) { return p.zeroIsRed(ctx, e) })
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
	done := p.ui.progress(fmt.Sprintf("%s: %d checks", p.chapter.name, len(jobs)))
	defer done()
	found := make([][]string, len(jobs))
	errs := make([]error, len(jobs))
	slots := make(chan struct{}, runtime.NumCPU())
	var all sync.WaitGroup
	for i, j := range jobs {
		slots <- struct{}{}
		all.Go(func() {
			defer func() { <-slots }()
			found[i], errs[i] = j(ctx)
		})
	}
	all.Wait()
	return slices.Concat(found...), cmp.Or(errs...)
}

// referenceIsGreen runs the finished chapter twenty times in random orders: a
// row that fails now and then is no use to a learner.
func (p *proof) referenceIsGreen(ctx context.Context) ([]string, error) {
	out, err := p.try(ctx, p.chapter.reference, testRun{times: repeats})
	if err != nil {
		return nil, err
	}
	if broken := p.brokenOff("the reference", out); broken != nil {
		return broken, nil
	}
	p.expected = out.rows
	var problems []string
	for _, r := range out.rows {
		if r.flaky() {
			problems = append(problems, p.problem("the reference: %s is flaky, it failed %d of %d times", r.name, r.failed, r.failed+r.passed))
		} else if r.red() {
			problems = append(problems, p.problem("the reference fails %s", r.name))
		}
	}
	return problems, nil
}

// brokenOff is the problem of a run that did not come to its end.
func (p *proof) brokenOff(what string, out outcome) []string {
	switch {
	case out.build != "":
		first := firstLine(out.build, "./", p.chapter.name, "..", "/")
		return []string{p.problem("%s does not compile: %s", what, first)}
	case out.crash != "":
		c := readCrash(out.crash, p.chapter.name)
		return []string{p.problem("%s breaks off in %s: %s %s", what, c.test, c.what, c.where)}
	}
	return nil
}

func (p *proof) problem(format string, args ...any) string {
	return p.chapter.name + ": " + fmt.Sprintf(format, args...)
}
