package review

import (
	"strings"

	"example.com/authbook/internal/workbook/term"
)

// printMistakes lists what often goes wrong in the exercises that the learner wrote in
// their own way, and what to ask then: the chapter's wrong answers. Where the text is
// the reference's there is nothing to look for.
func printMistakes(ui *term.UI, r reviewed) {
	cell := strings.NewReplacer("|", `\|`, "\n", " ")
	said := false
	for _, e := range r.Chapter.Exercises {
		for _, w := range r.answers {
			if w.ID != e.ID || w.Broken != nil || !r.isOwn(e) {
				continue
			}
			if !said {
				ui.Say("\n## Likely mistakes\n\nOf the exercises that are not the reference's text. " +
					"The right column is a question to ask.\n\n| exercise | mistake | ask |\n|---|---|---|")
				said = true
			}
			ui.Say("| %s | %s | %s |", e, cell.Replace(w.Wrong), cell.Replace(w.Hint))
		}
	}
}
