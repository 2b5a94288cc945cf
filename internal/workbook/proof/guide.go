package proof

import (
	"fmt"
	"strings"

	"example.com/authbook/internal/workbook/course"
	"example.com/authbook/internal/workbook/term"
)

// The part of a guide for reviewers that is made from the wrong answers stands
// between these two lines.
const (
	guideBegin = "<!-- wrong answers -->\n"
	guideEnd   = "<!-- end of wrong answers -->"
)

// renewGuide returns a chapter's guide with a fresh list of likely mistakes. It
// returns "" for a chapter without a guide, or without a place for the list.
func renewGuide(c *course.Course, ch *course.Chapter) (old, fresh string, err error) {
	r, err := c.Rubric(ch)
	if err != nil {
		return "", "", err
	}
	before, rest, ok := strings.Cut(r.Text, guideBegin)
	_, after, closed := strings.Cut(rest, guideEnd)
	if !ok || !closed {
		return "", "", nil
	}
	answers, err := ch.WrongAnswers()
	if err != nil {
		return "", "", err
	}
	return r.Text, before + guideBegin + likelyMistakes(ch, answers) + guideEnd + after, nil
}

// likelyMistakes is a table in Markdown, in the order of the course.
func likelyMistakes(ch *course.Chapter, answers []course.WrongAnswer) string {
	var b strings.Builder
	b.WriteString("\n| exercise | mistake | ask |\n|---|---|---|\n")
	cell := strings.NewReplacer("|", `\|`, "\n", " ")
	for _, e := range ch.Exercises {
		for _, w := range answers {
			if w.ID == e.ID && w.Wrong != "" { // else it can't be read, which prove tells
				fmt.Fprintf(&b, "| %s `%s` | %s | %s |\n", e.ID, e.Name, cell.Replace(w.Wrong), cell.Replace(w.Hint))
			}
		}
	}
	b.WriteString("\n")
	return b.String()
}

// Guide compares a chapter's guide with the wrong answers, or updates it. It
// returns what is stale.
func Guide(c *course.Course, printer term.Printer, ch *course.Chapter, write bool) ([]string, error) {
	old, fresh, err := renewGuide(c, ch)
	path := c.RubricFile(ch)
	switch {
	case err != nil || old == fresh:
		return nil, err
	case write:
		return nil, c.Replace(printer, path, fresh)
	}
	return []string{
		fmt.Sprintf("%s: the likely mistakes differ from the wrong answers: go tool coursecheck notes --write %d",
			c.Relative(path), ch.Number)}, nil
}
