package main

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"example.com/authbook/internal/workbook/course"
	"example.com/authbook/internal/workbook/gorun"
	"example.com/authbook/internal/workbook/term"
)

// print tells the learner what check found out, and what is next.
func print(s *session, r gorun.Report) error {
	if r.Out.Build == "" && r.Out.Crash == "" {
		printVerdicts(s, r)
	}
	return printNext(s, r)
}

// printNext is what stands below the verdicts, or in their place.
func printNext(s *session, r gorun.Report) error {
	switch {
	case r.Out.Build != "":
		printBuild(s, r)
	case r.Out.Crash != "":
		printGiven(s.ui, r)
		printCrash(s.ui, r)
	default:
		printGiven(s.ui, r)
		if err := printOpen(s, r); err != nil {
			return err
		}
	}
	printTampered(s.ui, r)
	return nil
}

// printVerdicts prints one line for each exercise.
func printVerdicts(s *session, r gorun.Report) {
	ui := s.ui
	ui.Say("%s%s", ui.Paint(term.Bold, r.Chapter.Name), barOf(s, r.Chapter))
	longest := 0
	for _, v := range r.Verdicts {
		longest = max(longest, term.ColumnsOf(v.Exercise.Name))
	}
	for _, v := range r.Verdicts {
		sign, words := gorun.VerdictLine(ui, v)
		ui.Say("  %s %-5s %s  %s", sign, v.Exercise.ID, term.Pad(v.Exercise.Name, longest), words)
	}
}

// printOpen explains the first exercise that is not green, or says that all
// are.
func printOpen(s *session, r gorun.Report) error {
	v, open := gorun.FirstOpen(r.Verdicts)
	s.ui.Say("")
	switch {
	case !open && len(r.Others) > 0:
		printOthers(s.ui, r)
		return nil
	case !open && len(r.Tampered) > 0:
		s.ui.Tell("The exercises are green, but not by the workbook's own tests:")
		return nil
	case !open:
		if err := printDone(s, r); err != nil {
			return err
		}
		printSeen(s.ui, r)
		printIdle(s.ui, r)
		for _, words := range gorun.Unformatted(r.Chapter) {
			s.ui.Prose("note", words)
		}
		return printAfter(s, r)
	}
	return printNotGreen(s, r.Chapter, v)
}

// printDone says what comes after green.
func printDone(s *session, r gorun.Report) error {
	ch, p := r.Chapter, s.course.ReadProgress()
	e, open := course.NextIn(ch, p)
	isGreen := s.ui.Paint(term.Green, s.ui.T("Green."))
	switch {
	case !ch.Started:
		s.ui.Tell("%s The chapter is not started: this is the reference.", isGreen)
		s.ui.Label("next", fmt.Sprintf("go tool workbook start %d", ch.Number))
	case open && p.Passed[e.ID.String()] != "":
		s.ui.Tell("%s But %s has changed since it was green.", isGreen, e)
		s.ui.Label("next", "go tool workbook check "+e.ID.String())
	case open:
		s.ui.Tell("%s Next: %s, %s", isGreen, e, ch.At(e))
	case !r.Whole():
		s.ui.Tell("%s So is every exercise.", isGreen)
		s.ui.Label("next", s.ui.T("go tool workbook check %d   runs the tests too that belong to none", ch.Number))
	default:
		s.ui.Say("%s Commit, then ask for a review.", s.ui.Paint(term.Green, s.ui.T("All green.")))
		if err := printEnding(s, r); err != nil {
			return err
		}
		s.ui.Label("next", s.ui.T("go tool workbook pr %d   and after the review: finish %d",
			ch.Number, ch.Number))
	}
	return nil
}

// printSeen tells whoever looks at one table alone where the last of its impostors
// was met: they are no inventions.
func printSeen(ui *term.UI, r gorun.Report) {
	if r.Whole() || !r.Chapter.Started {
		return
	}
	for _, row := range slices.Backward(r.Verdicts[0].Rows) {
		if name, ok := gorun.ImpostorIn(row.Name); ok && row.Seen != "" {
			ui.Prose("seen", name+": "+row.Seen)
			return
		}
	}
}

// printIdle says which rows of a table unmask nobody, to whoever looks at that
// table alone: it is worth a word, not a mistake.
func printIdle(ui *term.UI, r gorun.Report) {
	var rows []string
	for _, i := range r.Out.Idle {
		if r.Chosen[0].Tests.Matches(i.Test) {
			rows = append(rows, strconv.Quote(i.Row))
		}
	}
	if r.Whole() || !r.Chapter.Started || len(rows) == 0 {
		return
	}
	ui.Prose("note", ui.N(len(rows),
		"Every impostor is unmasked without this row too: %[2]s. Keep it if it tells a reader something.",
		"Every impostor is unmasked without these rows too: %[2]s. Keep them if they tell a reader something.",
		strings.Join(rows, ", ")))
}

// printTampered says how to take back test files.
func printTampered(ui *term.UI, r gorun.Report) {
	for _, name := range r.Tampered {
		ui.Say("")
		ui.Tell("%s %s. Tests of your own belong in a file of their own.", ui.Paint(term.Red, "✗"), r.Chapter.Fate(name))
		ui.Label("next", fmt.Sprintf("go tool workbook reset %s/%s", r.Chapter.Name, name))
	}
}

// printGiven names the workbook's own code that has changed, where something is red:
// it may be red through that, and no exercise is blamed before.
func printGiven(ui *term.UI, r gorun.Report) {
	for _, name := range r.Given {
		ui.Say("")
		ui.Tell("%s %s. If you did not mean that, begin here.", ui.Paint(term.Red, "!"), r.Chapter.Fate(name))
		ui.Label("next", "go tool workbook reset "+r.Chapter.Path(name))
	}
}

// printCrash tells of a run that broke off.
func printCrash(ui *term.UI, r gorun.Report) {
	c := gorun.ReadCrash(ui.Language, r.Out.Crash, r.Chapter.Name)
	name := c.Test
	if name == "" {
		name = r.Chapter.Name
	}
	ui.Tell("%s", ui.Explained(ui.Paint(term.Red, name+":")+" "+c.What))
	if c.Where != "" {
		ui.Label("where", c.Where)
	} else {
		printOutput(ui, gorun.Spoken(ui.Language, gorun.Tidy(ui.Language, r.Out.Crash)), 12)
	}
	if v, ok := owner(r, c.Test); ok {
		ui.Label("edit", r.Chapter.At(v.Exercise))
	}
	ui.Label("next", ui.T("go test -run '%s' ./%s   shows all of it", c.Test, r.Chapter.Name))
}

// owner is the exercise that a test belongs to.
func owner(r gorun.Report, test string) (gorun.Verdict, bool) {
	i := slices.IndexFunc(r.Verdicts, func(v gorun.Verdict) bool { return v.Exercise.Tests.Matches(test) })
	if i < 0 || test == "" {
		return gorun.Verdict{}, false
	}
	return r.Verdicts[i], true
}

// printFaults shows lines of the compiler, below what they mean.
func printFaults(ui *term.UI, lines []string) {
	above := ""
	for _, line := range lines {
		if means := ui.Meaning(line); means != "" && means != above {
			ui.Say("  %s", means)
			above = means
		}
		for i, part := range ui.Wrap(line, 2+4) {
			ui.Say("%*s%s", 2+4*min(i, 1), "", part)
		}
	}
}

// printBuild shows what the compiler says, and the imports that it misses.
func printBuild(s *session, r gorun.Report) {
	s.ui.Say("%s", s.ui.Paint(term.Red, s.ui.T("%s does not compile", r.Chapter.Name)))
	var lines []string
	for line := range strings.Lines(r.Out.Build) {
		if !strings.HasPrefix(line, "#") {
			lines = append(lines, strings.TrimPrefix(strings.TrimRight(line, "\n"), "./"))
		}
	}
	printFaults(s.ui, term.Shorten(s.ui.Language, lines, 12))
	printGiven(s.ui, r)
	for _, e := range gorun.Renamed(r.Chapter, r.Out.Build) {
		s.ui.Prose("name", s.ui.T("%s is called %s in %s. Others call it by its first name: give it that again.",
			e.Was, e.Exercise.Name, r.Chapter.At(e.Exercise)))
	}
	for _, m := range gorun.MissingImports(r.Out.Build) {
		for _, spec := range gorun.Offers(s.course, r.Chapter, m) {
			s.ui.Label("add", s.ui.T("import %s   to %s/%s", spec, r.Chapter.Name, m.File))
		}
	}
	s.ui.Label("next", s.ui.T("go tool workbook check %s   once %s is right", r.Asked(),
		gorun.FirstPlace(s.ui.Language, r.Out.Build)))
}
