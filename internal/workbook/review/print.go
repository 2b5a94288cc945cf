package review

import (
	"fmt"
	"slices"
	"strings"

	"example.com/authbook/internal/workbook/course"
	"example.com/authbook/internal/workbook/gorun"
	"example.com/authbook/internal/workbook/term"
)

// printReview prints the review in Markdown.
func printReview(ui *term.UI, r reviewed) error {
	ch := r.Chapter
	unmasked, impostors := r.Impostors()
	ui.Say("# Review of %s\n", ch.Name)
	printTampering(ui, r)
	if r.Out.Build != "" {
		ui.Say("It does not compile:\n\n```\n%s\n```\n", strings.TrimSpace(r.Out.Build))
	} else if why := r.Cut(); why != "" {
		ui.Say("What is green is not known: %s\n", why)
	} else {
		ui.Say("%d of %s green.%s\n", r.Passing(), term.Count(len(r.Verdicts), "exercise"),
			orEmpty(impostors > 0, " %d of %s unmasked.", unmasked, term.Count(impostors, "impostor")))
	}
	ui.Say("## Exercise by exercise\n\nIn each diff, - is the reference and + is the learner's.\n")
	var same, untold, todo []string
	for _, v := range r.Verdicts {
		switch e := v.Exercise; {
		case e.Blank:
			todo = append(todo, e.String())
		case v.Status == gorun.Passes && !r.isOwn(e):
			same = append(same, e.String())
		case v.Status == gorun.Unknown && !r.isOwn(e):
			untold = append(untold, e.String())
		default:
			printExercise(ui, r, v)
		}
	}
	printGroup(ui, "Green, and the same as the reference letter for letter", same)
	printGroup(ui, "The same as the reference letter for letter", untold)
	printGroup(ui, "To do", todo)
	printRest(ui, r)
	printDraft(ui, r)
	printMistakes(ui, r)
	return nil
}

func orEmpty(show bool, format string, args ...any) string {
	if !show {
		return ""
	}
	return fmt.Sprintf(format, args...)
}

func printGroup(ui *term.UI, what string, names []string) {
	if len(names) > 0 {
		ui.Say("%s: %s.\n", what, strings.Join(names, ", "))
	}
}

// printWhy tells a reviewer why the reference is so, and which other way is right:
// a text that differs need not be wrong.
func printWhy(ui *term.UI, r reviewed, v gorun.Verdict) {
	a := r.after[v.Exercise.ID]
	if !a.Complete() {
		return
	}
	ui.Say("\nWhy the reference is so: %s\n\nAnother right way: %s", oneLine(a.Why), oneLine(a.Another))
}

func oneLine(text string) string { return strings.Join(strings.Fields(text), " ") }

func printExercise(ui *term.UI, r reviewed, v gorun.Verdict) {
	e := v.Exercise
	sign, words := gorun.VerdictLine(ui, v)
	ui.Say("### %s\n\n%s %s, %s", e, sign, words, r.Chapter.At(e))
	if w, ok := gorun.Recognise(v, r.answers); ok {
		ui.Say("\nThe rows of a known mistake fail: %s (%s)", w.Wrong, w.File)
		if change := w.Diff(r.original(e)); change != "" && w.Text != e.Text { // else the learner's diff is the same
			ui.Say("\nIn this diff, - is the reference and + is that mistake:\n\n```diff\n%s```\n", change)
		}
	}
	failing := slices.DeleteFunc(slices.Clone(v.Failing), gorun.Row.Waits)
	for _, row := range failing[:min(5, len(failing))] {
		what := "fails:"
		if _, ok := gorun.ImpostorIn(row.Name); ok {
			what = "survives:"
		}
		ui.Say("- %s %s", what, row.Name)
	}
	if len(failing) > 5 {
		ui.Say("- and %d more", len(failing)-5)
	}
	if r.isOwn(e) {
		ui.Say("\n```diff\n%s```", course.Diff(r.original(e).Text, e.Text))
		printWhy(ui, r, v)
	} else {
		ui.Say("\nThe same as the reference, letter for letter.")
	}
	ui.Say("")
}
