package main

import (
	"fmt"
	"strings"
)

// The part of a guide for reviewers that is made from the wrong answers stands
// between these two lines.
const (
	guideBegin = "<!-- wrong answers -->\n"
	guideEnd   = "<!-- end of wrong answers -->"
)

// renewGuide returns a chapter's guide with a fresh list of likely mistakes. It
// returns "" for a chapter without a guide, or without a place for the list.
func (a *app) renewGuide(ch *chapter) (old, fresh string, err error) {
	r, err := a.rubric(ch)
	if err != nil {
		return "", "", err
	}
	before, rest, ok := strings.Cut(r.text, guideBegin)
	_, after, closed := strings.Cut(rest, guideEnd)
	if !ok || !closed {
		return "", "", nil
	}
	answers, err := ch.wrongAnswers()
	if err != nil {
		return "", "", err
	}
	return r.text, before + guideBegin + likelyMistakes(ch, answers) + guideEnd + after, nil
}

// likelyMistakes is a table in Markdown, in the order of the course.
func likelyMistakes(ch *chapter, answers []wrongAnswer) string {
	var b strings.Builder
	b.WriteString("\n| exercise | mistake | ask |\n|---|---|---|\n")
	cell := strings.NewReplacer("|", `\|`, "\n", " ")
	for _, e := range ch.exercises {
		for _, w := range answers {
			if w.id == e.ID {
				fmt.Fprintf(&b, "| %s `%s` | %s | %s |\n", e.ID, e.Name, cell.Replace(w.wrong), cell.Replace(w.hint))
			}
		}
	}
	b.WriteString("\n")
	return b.String()
}

// guide compares a chapter's guide with the wrong answers, or updates it. It
// returns what is stale.
func (a *app) guide(ch *chapter, write bool) ([]string, error) {
	old, fresh, err := a.renewGuide(ch)
	path := a.rubricFile(ch)
	switch {
	case err != nil || old == fresh:
		return nil, err
	case write:
		return nil, a.replace(path, fresh)
	}
	return []string{fmt.Sprintf("%s: the likely mistakes differ from the wrong answers: go tool workbook notes --write %d", a.relative(path), ch.number)}, nil
}
