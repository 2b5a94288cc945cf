package review

import (
	"context"
	"slices"
	"strings"

	"example.com/authbook/internal/text"
	"example.com/authbook/internal/workbook/course"
	"example.com/authbook/internal/workbook/gorun"
	"example.com/authbook/internal/workbook/term"
)

// CheckCI is check as a pull request runs it: all tests twice in random order,
// vet and gofmt, and one summary in Markdown. It needs Go; where there is git it also
// compares with the branch that the pull request goes into.
func CheckCI(ctx context.Context, runner *gorun.Runner, ui *term.UI, ch *course.Chapter) error {
	w := work{runner: runner, ui: ui, chapter: ch}
	if err := w.readGit(ctx); err != nil {
		return err
	}
	t, err := readTouched(runner.Course, ch, w.forged, w.pull)
	if err != nil {
		return err
	}
	r, err := runner.Examine(ctx, ch, ch.Exercises, gorun.Effort{Times: 2, Race: true, Count: true})
	if err != nil {
		return err
	}
	problems := slices.Concat(t.tampering(), rowsGone(r), gorun.Vet(ctx, runner.Course, ch), gorun.Unformatted(ch))
	for _, name := range r.Tampered {
		problems = append(problems, text.T("%s is not the workbook's: put it back with go tool workbook reset %s",
			name, ch.Path(name)))
	}
	problems = append(problems, strays(r)...)
	if why := r.Cut(); why != "" {
		problems = append(problems, why)
	}
	if len(t.tampering()) > 0 { // a verdict of a judge that was changed is none
		for i := range r.Verdicts {
			r.Verdicts[i].Status = gorun.Unknown
		}
	}
	summary(ui, r, problems)
	if !r.Green() || len(problems) > 0 {
		return term.ErrRed
	}
	return nil
}

// tampering says what was changed of what checks the work. It comes first.
func (t touched) tampering() []string {
	return slices.Concat(each(t.Guards, "%s: it decides what is checked, and it was changed"), term.Texts(t.hooks))
}

func each(names []string, what text.Key) []string {
	var all []string
	for _, name := range names {
		all = append(all, text.T(what, name))
	}
	return all
}

// rowsGone says which of the workbook's rows did not run.
func rowsGone(r gorun.Report) []string {
	if len(r.Missing) == 0 {
		return nil
	}
	return []string{text.N(len(r.Missing), "%d row of the workbook's tests did not run, first %s",
		"%d rows of the workbook's tests did not run, first %s", r.Missing[0])}
}

// strays are the red tests that belong to no exercise, the seeds of a fuzz target
// in one line: a learner can't do anything about each.
func strays(r gorun.Report) (problems []string) {
	seeds, targets := map[string]int{}, []string{}
	for _, stray := range r.Others {
		target, _, isSeed := strings.Cut(stray.Name, "/seed#")
		switch {
		case !isSeed:
			problems = append(problems, text.T("%s fails; it belongs to no exercise", stray.Name))
		case seeds[target] == 0:
			targets = append(targets, target)
		}
		seeds[target]++
	}
	mayPass := ""
	if v, open := gorun.FirstOpen(r.Verdicts); open {
		mayPass = text.T(", and may pass with %s", v.Exercise)
	}
	for _, target := range targets {
		problems = append(problems, text.N(seeds[target], "%[2]s fails for %[1]d seed; it belongs to no exercise%[3]s",
			"%[2]s fails for %[1]d seeds; it belongs to no exercise%[3]s", target, mayPass))
	}
	return problems
}

// summary prints what fits into the first comment of a pull request.
func summary(ui *term.UI, r gorun.Report, problems []string) {
	ui.Say("## %s\n\n| exercise | verdict |\n|---|---|", r.Chapter.Name)
	for _, v := range r.Verdicts {
		sign, words := gorun.VerdictLine(ui, v)
		ui.Say("| %s | %s %s |", v.Exercise, sign, words)
	}
	ui.Say("\n%s.", r.PassingWords())
	for _, p := range problems {
		ui.Say("- %s", p)
	}
	if v, open := gorun.FirstOpen(r.Verdicts); open && v.Status != gorun.Unknown {
		ui.Say("\nFirst: %s, %s", v.Exercise, r.Chapter.At(v.Exercise))
		for _, row := range v.Failing[:min(1, len(v.Failing))] {
			ui.Say("\n```\n%s\n%s\n```", row.Name,
				strings.Join(term.Shorten(ui.Language, gorun.Tidy(ui.Language, row.Output), 40), "\n"))
		}
	}
}
