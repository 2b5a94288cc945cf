package course

import (
	"regexp"
	"strings"
)

// Ending is what a chapter's notes keep for its end, folded away under "When the
// chapter is green": a list of what the learner can do now, and behind **Next.** what
// the next chapter breaks.
type Ending struct {
	Can  []string // in Markdown
	Next string   // in Markdown, "" after the last chapter
}

var (
	foldedEnding = regexp.MustCompile(`(?s)<details>\s*<summary>\s*` + endingTitle + `\s*</summary>(.*?)</details>`)
	canNow       = regexp.MustCompile(`(?m)^- (.+)$`)
	nextBreaks   = regexp.MustCompile(`(?m)^\*\*` + nextTitle + `\.\*\* (.+)$`)
)

// Ending reads the end of a chapter's notes.
func (ch *Chapter) Ending() (Ending, error) {
	notes, err := ch.Page(notesName)
	return endingIn(notes), err
}

func endingIn(notes string) Ending {
	var e Ending
	m := foldedEnding.FindStringSubmatch(notes)
	if m == nil {
		return e
	}
	for _, item := range canNow.FindAllStringSubmatch(m[1], -1) {
		e.Can = append(e.Can, strings.TrimSpace(item[1]))
	}
	if next := nextBreaks.FindStringSubmatch(m[1]); next != nil {
		e.Next = strings.TrimSpace(next[1])
	}
	return e
}
