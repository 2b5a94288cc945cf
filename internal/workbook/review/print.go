package review

import (
	"slices"
	"strings"

	"example.com/authbook/internal/text"
	"example.com/authbook/internal/workbook/course"
	"example.com/authbook/internal/workbook/gorun"
	"example.com/authbook/internal/workbook/term"
)

// unfolded shows what a browser would fold away.
var unfolded = strings.NewReplacer("<details><summary>", "**", "</summary>", "**", "</details>", "")

// show prints the review: in Markdown, to put into a pull request, or laid out where a
// terminal shows it.
func show(ui *term.UI, r reviewed) error {
	if !ui.Screen {
		printReview(ui, r)
		return nil
	}
	var page strings.Builder
	sheet := term.Pipe(strings.NewReader(""), &page)
	sheet.Language = ui.Language
	printReview(sheet, r)
	return ui.Paged(func() error {
		ui.Width = min(ui.Width, term.PageWidth)
		ui.Page(unfolded.Replace(page.String()))
		return nil
	})
}

// printReview prints the review in Markdown.
func printReview(ui *term.UI, r reviewed) {
	ch := r.Chapter
	unmasked, impostors := r.Impostors()
	ui.Say("# Review of %s\n", ch.Name)
	printTampering(ui, r)
	if r.Out.Build != "" {
		ui.Say("It does not compile:\n\n```\n%s\n```\n", ui.Explained(strings.TrimSpace(r.Out.Build)))
	} else if why := r.Cut(); why != "" {
		ui.Say("What is green is not known: %s\n", why)
	} else {
		ui.Say("%s.%s\n", r.PassingWords(),
			orEmpty(impostors > 0, " %s.", gorun.UnmaskedWords(ui.Language, unmasked, impostors)))
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
	printGroup(ui, "Green, and the same as the reference letter for letter: %s.\n", same)
	printGroup(ui, "The same as the reference letter for letter: %s.\n", untold)
	printGroup(ui, "To do: %s.\n", todo)
	printRest(ui, r)
	printDraft(ui, r)
	printQuestions(ui, r)
	printMistakes(ui, r)
}

func orEmpty(show bool, format text.Key, args ...any) string {
	if !show {
		return ""
	}
	return text.T(format, args...)
}

func printGroup(ui *term.UI, format text.Key, names []string) {
	if len(names) > 0 {
		ui.Say(format, strings.Join(names, ", "))
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

func oneLine(words string) string { return strings.Join(strings.Fields(words), " ") }

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
		if _, ok := gorun.ImpostorIn(row.Name); ok {
			ui.Say("- survives: %s", row.Name)
		} else {
			ui.Say("- fails: %s", row.Name)
		}
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
