package review

import (
	"context"
	"slices"
	"strings"

	"example.com/authbook/internal/mark"
	"example.com/authbook/internal/text"
	"example.com/authbook/internal/workbook/course"
	"example.com/authbook/internal/workbook/gorun"
	"example.com/authbook/internal/workbook/term"
	"example.com/authbook/internal/workbook/vcs"
)

// inspection is what pr found out about a chapter.
type inspection struct {
	gorun.Report
	problems []string // of the race detector, vet and gofmt
	raced    bool     // the race detector works here
	findings []finding
	revealed []mark.Exercise
	ordered  []mark.Exercise // those whose lines the learner has put in order
	same     []mark.Exercise // those that are the reference, letter for letter
	unsure   string
	guesses  []string // about the learner's own code, for the text
	touched
}

// ready reports whether the machine has nothing left to say.
func (p inspection) ready() bool {
	return p.Green() && len(p.Guards)+len(p.hooks)+len(p.problems)+len(p.findings)+len(p.Leaks) == 0
}

func inspect(ctx context.Context, runner *gorun.Runner, ui *term.UI, g *vcs.Git,
	ch *course.Chapter) (inspection, error) {
	var p inspection
	var err error
	if p.Report, err = runner.Examine(ctx, ch, ch.Exercises, gorun.Effort{Times: 2, Race: true, Count: true}); err != nil {
		return p, err
	}
	p.raced = gorun.CanRace(ctx, runner.Course.Root)
	if p.problems, err = mechanical(ctx, runner, ui, ch, p); err != nil {
		return p, err
	}
	if p.findings, err = findings(ctx, runner.Course, ch); err != nil {
		return p, err
	}
	w := work{runner: runner, ui: ui, chapter: ch}
	if err := w.readGit(ctx); err != nil {
		return p, err
	}
	if p.touched, err = readTouched(runner.Course, ch, w.forged, w.pull); err != nil {
		return p, err
	}
	progress := runner.Course.ReadProgress()
	p.revealed, p.ordered = noted(ch, progress.Revealed), noted(ch, progress.Ordered)
	p.same, err = sameAsReference(ch)
	return p, err
}

// sameAsReference are the exercises that are written as the workbook has them. Of a file
// that can't be read nobody knows: what the chapter has then is the reference itself.
func sameAsReference(ch *course.Chapter) ([]mark.Exercise, error) {
	if ch.Broken != nil {
		return nil, nil
	}
	reference, err := ch.Reference.Exercises()
	if err != nil {
		return nil, err
	}
	return slices.DeleteFunc(slices.Clone(ch.Exercises), func(e mark.Exercise) bool {
		original, _ := course.Find(reference, e.ID)
		return original.Text != e.Text
	}), nil
}

// mechanical is what a reviewer should not have to look for: races, vet, gofmt.
func mechanical(ctx context.Context, runner *gorun.Runner, ui *term.UI, ch *course.Chapter,
	p inspection) ([]string, error) {
	problems := append(gorun.Vet(ctx, runner.Course, ch), gorun.Unformatted(ch)...)
	if p.Cut() != "" || !p.raced {
		return problems, nil
	}
	defer ui.Progress("running the tests under the race detector")()
	out, err := runner.Test(ctx, gorun.TestRun{Chapter: ch.Name, Race: true, Limit: gorun.RepeatLimit(runner.Limit)})
	if strings.Contains(out.All(), "WARNING: DATA RACE") {
		problems = append(problems, text.T("the race detector found a race: go test -race ./%s", ch.Name))
	}
	return problems, err
}

// noted are the exercises of which something is noted here.
func noted(ch *course.Chapter, by map[string]bool) []mark.Exercise {
	return slices.DeleteFunc(slices.Clone(ch.Exercises), func(e mark.Exercise) bool { return !by[e.ID.String()] })
}

// printInspection shows the result of each check in one line.
func printInspection(ui *term.UI, p inspection) {
	ui.Say("%s", ui.Paint(term.Bold, p.Chapter.Name))
	unmasked, impostors := p.Impostors()
	if why := p.Cut(); why != "" {
		ui.Tick(false, "%s", why)
	}
	ui.Tick(p.Cut() == "" && p.Passing() == len(p.Verdicts), "%s", p.PassingWords())
	if impostors > 0 {
		ui.Tick(unmasked == impostors, "%s", gorun.UnmaskedWords(ui.Language, unmasked, impostors))
	}
	ui.Ticks(p.problems, "%s are content", p.tools())
	if p.Out.Build != "" {
		ui.Tick(false, "the analyzers did not run")
	} else {
		ui.Ticks(term.Texts(p.findings), "no analyzer has a finding")
	}
	ui.Ticks(p.Chapter.Fates(p.Tests), "the workbook's tests are as they were")
	for _, name := range p.Guards {
		ui.Tick(false, "%s was changed: it decides what is checked: git checkout %s -- %s", name,
			vcs.StartBranch(p.Chapter), name)
	}
	for _, problem := range slices.Concat(term.Texts(p.hooks), rowsGone(p.Report), strays(p.Report)) {
		ui.Tick(false, "%s", problem)
	}
	ui.Ticks(term.Texts(p.Leaks), "no secret is in the diff")
	printBeside(ui, p)
}

// printBeside counts what is worth a look and no mistake; the text names it.
func printBeside(ui *term.UI, p inspection) {
	mark := ui.Paint(term.Yellow, "!")
	if len(p.others)+len(p.touched.Given) > 0 {
		ui.Item(mark, text.T("%s beside the chapter's Go files, %s of the given code changed: the text names them",
			text.N(len(p.others), "%d file", "%d files"), text.N(len(p.touched.Given), "%d file", "%d files")))
	}
	for _, o := range p.others {
		if o.heavy {
			ui.Item(mark, o.String())
		}
	}
	if len(p.same) > 0 {
		ui.Item(mark, text.N(len(p.same),
			"%d exercise the same as the reference, letter for letter, as short ones often are: the text names it",
			"%d exercises the same as the reference, letter for letter, as short ones often are: the text names them"))
	}
}

// tools are those that ran. The race detector needs a C compiler.
func (p inspection) tools() string {
	if p.raced && p.Cut() == "" {
		return text.T("race detector, vet and gofmt")
	}
	return text.T("vet and gofmt")
}
