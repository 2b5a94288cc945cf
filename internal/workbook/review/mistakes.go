package review

import (
	"slices"
	"strings"

	"example.com/authbook/internal/workbook/course"
	"example.com/authbook/internal/workbook/gorun"
	"example.com/authbook/internal/workbook/term"
)

// printMistakes lists what may be wrong in the exercises that fail in a way that
// nobody knows yet: those of the chapter's wrong answers that fail one of the same
// rows. Where an exercise is green none of them can be in it.
func printMistakes(ui *term.UI, r reviewed) {
	cell := strings.NewReplacer("|", `\|`, "\n", " ")
	said := false
	for _, v := range r.Verdicts {
		for _, w := range r.likely(v) {
			if !said {
				ui.Say("\n## Likely mistakes\n\nEach fails a row that fails here. " +
					"The right column is a question to ask.\n\n| exercise | mistake | ask |\n|---|---|---|")
				said = true
			}
			ui.Say("| %s | %s | %s |", v.Exercise, cell.Replace(w.Wrong), cell.Replace(w.Hint))
		}
	}
}

// likely are the wrong answers of an exercise that share a failing row with it, none
// where the mistake is known.
func (r reviewed) likely(v gorun.Verdict) []course.WrongAnswer {
	if _, known := gorun.Recognise(v, r.answers); known || v.Status != gorun.Fails {
		return nil
	}
	failing := gorun.Names(slices.DeleteFunc(slices.Clone(v.Failing), gorun.Row.Waits))
	return slices.DeleteFunc(slices.Clone(r.answers), func(w course.WrongAnswer) bool {
		return w.ID != v.Exercise.ID || w.Broken != nil ||
			!slices.ContainsFunc(w.Fails, func(row string) bool { return slices.Contains(failing, row) })
	})
}
