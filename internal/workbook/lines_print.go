package main

import (
	"path"
	"strings"

	"example.com/authbook/internal/text"
	"example.com/authbook/internal/workbook/course"
	"example.com/authbook/internal/workbook/gorun"
	"example.com/authbook/internal/workbook/term"
)

// printPuzzle shows what there is to order, or to fill in.
func printPuzzle(ui *term.UI, p course.Puzzle) {
	name := p.Exercise.Name
	switch {
	case p.Exercise.Table:
		ui.Tell("A row of %s, with two cells left out. Choose what stands in 1 and in 2.", name)
	case len(p.Wrong()) > 0:
		ui.Tell("The lines of %s, mixed up. Where a number has two letters, one of the two lines is wrong.", name)
	default:
		ui.Tell("The lines of %s, mixed up.", name)
	}
	ui.Say("")
	printCode(ui, "", p.Frame())
	ui.Say("")
	for _, shown := range p.Shown() {
		printCode(ui, shown.Label, shown.Text)
	}
	ui.Say("")
	if p.Exercise.Table {
		ui.Tell("Type both, such as 1b 2a. The rows judge.")
		return
	}
	ui.Tell("Type the order, such as 3 1 4b 2. The rows judge: another order that works is right too.")
}

// printCode prints lines behind a bar, broken to fit, the first with its label.
func printCode(ui *term.UI, label, code string) {
	const head = 8
	for line := range strings.Lines(code) {
		line = strings.TrimRight(line, "\n")
		words := strings.TrimLeft(line, " ")
		indent := line[:len(line)-len(words)]
		for i, part := range term.WrapLine(words, max(ui.LineWidth()-head-len(indent)-4, 30)) {
			part = indent + strings.Repeat("    ", min(i, 1)) + part
			ui.Say("  %s %s%s", ui.Paint(term.Bold, term.Pad(label, 3)), ui.Paint(term.Faint, "│ "), part)
			label = ""
		}
	}
}

// printRed says which row refuses a version of an exercise, or why none ran.
// hidden is a file that the learner does not see.
func printRed(ui *term.UI, ch *course.Chapter, v gorun.Verdict, out gorun.Outcome, hidden string) {
	switch {
	case out.Build != "":
		ui.Tell("It does not compile: %s", ui.Explained(compilerSays(out.Build, ch.Name, hidden)))
	case len(v.Failing) > 0:
		printRows(ui, v.Failing[:1], v.Exercise.Table)
	default:
		ui.Tell("The tests broke off: %s", gorun.ReadCrash(ui.Language, out.Crash, ch.Name))
	}
}

// compilerSays is the first thing that a compiler found. In a hidden file its line
// would tell nothing.
func compilerSays(build, chapter, hidden string) string {
	place, what, _ := strings.Cut(gorun.FirstLine(build, chapter, "./", "..", "/"), ": ")
	if place = path.Base(place); strings.HasPrefix(place, hidden+":") {
		return what
	}
	return place + ": " + what
}

// printRight shows what the rows accepted, to be written by hand.
func (o ordering) printRight(version course.Tree, picks []course.Pick) {
	e := o.puzzle.Exercise
	o.ui.Say("%s\n", o.ui.Paint(term.Green, text.T("That is right: every row of %s passes.", e)))
	if e.Table {
		printCode(o.ui, "", o.puzzle.Filled(picks))
	} else if put, err := version.Exercise(e.ID); err == nil {
		printCode(o.ui, "", strings.ReplaceAll(put.Text, "\t", "    "))
	}
	o.ui.Say("")
	o.ui.Label("now", text.T("write it yourself: %s", o.chapter.At(e)))
}
