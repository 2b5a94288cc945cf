package course

import (
	"regexp"
	"strings"

	"example.com/authbook/internal/mark"
	"example.com/authbook/internal/workbook/term"
)

// After is what the notes keep for an exercise that is green, folded away under
// "When it is green":
//
//	**See it.** What to look at.        and below it a block with commands: optional
//	**Why so.** Why the reference is written so.
//	**Another way.** One other right way, and its price.
type After struct {
	See      string   // what to look at, in Markdown
	Commands []string // that show it, in their order
	Log      bool     // what to look at is in the server's log
	Why      string   // in Markdown
	Another  string   // in Markdown
}

// Complete reports whether a learner has something to compare with.
func (a After) Complete() bool { return a.Why != "" && a.Another != "" }

// Afters returns the fold of each exercise that has one.
func (ch *Chapter) Afters() (map[mark.ID]After, error) {
	notes, err := ch.Page(notesName)
	all := map[mark.ID]After{}
	for _, s := range sections(notes) {
		all[s.id] = s.After
	}
	return all, err
}

// foldedAfter is the fold, and partOfAfter the title of a part of it.
var (
	foldedAfter = regexp.MustCompile(`(?s)<details>\s*<summary>\s*` + greenTitle + `\s*</summary>(.*?)</details>`)
	partOfAfter = regexp.MustCompile(`^\*\*(?:(` + seeTitle + `)|(` + whyTitle + `)|(` + anotherTitle + `))\.\*\*\s*`)
)

// afterIn reads the fold of a section, whose parts may be absent.
func afterIn(body string) After {
	m := foldedAfter.FindStringSubmatch(body)
	if m == nil {
		return After{}
	}
	var a After
	part := new(string)
	for line := range term.Lines(m[1]) {
		if command, ok := strings.CutPrefix(line.Text, "$ "); ok && line.Code {
			a.Commands = append(a.Commands, strings.TrimSpace(command))
		}
		a.Log = a.Log || strings.HasPrefix(line.Text, "<!-- output server log: ")
		if line.Code || strings.HasPrefix(line.Text, "<!--") {
			continue
		}
		text := line.Text
		if title := partOfAfter.FindStringSubmatchIndex(text); title != nil {
			part, text = a.part(title), text[title[1]:]
		}
		*part += text
	}
	a.See, a.Why, a.Another = strings.TrimSpace(a.See), strings.TrimSpace(a.Why), strings.TrimSpace(a.Another)
	return a
}

// part is what a title begins.
func (a *After) part(title []int) *string {
	for i, part := range []*string{&a.See, &a.Why, &a.Another} {
		if title[2+2*i] >= 0 {
			return part
		}
	}
	return new(string)
}
