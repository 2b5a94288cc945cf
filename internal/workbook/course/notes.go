package course

import (
	"regexp"
	"strings"

	"example.com/authbook/internal/mark"
	"example.com/authbook/internal/workbook/term"
)

// Section is the part of a chapter's notes that belongs to one exercise: from
// a heading that begins with its number to the next heading as high.
type Section struct {
	id    mark.ID
	Hints []string
	After After
}

// ReadNotes returns the text of a chapter's README.md, "" if there is none: the English
// one, which code is compared with.
func (ch *Chapter) ReadNotes() (string, error) { return readPage(ch.Dir, notesName) }

const notesName = "README.md"

// sections returns the exercises' sections of a chapter's notes.
func sections(notes string) []Section {
	var all []Section
	level := 0
	var body strings.Builder
	flush := func() {
		if level > 0 {
			last := &all[len(all)-1]
			last.Hints, last.After = hintsIn(body.String()), afterIn(body.String())
		}
		level = 0
		body.Reset()
	}
	for line := range term.Lines(notes) {
		depth, heading := headingIn(line.Text)
		if line.Code || depth == 0 {
			body.WriteString(line.Text)
			continue
		}
		if depth <= level || level == 0 {
			flush()
			if i, ok := leadingID(heading); ok {
				level = depth
				all = append(all, Section{id: i})
			}
		}
	}
	flush()
	return all
}

// headingLine is a heading in Markdown.
var headingLine = regexp.MustCompile(`^(#{1,6}) +(.+?)\s*$`)

// headingIn returns the depth and the words of a heading, 0 for other lines.
func headingIn(line string) (int, string) {
	m := headingLine.FindStringSubmatch(line)
	if m == nil {
		return 0, ""
	}
	return len(m[1]), m[2]
}

// leadingNumber is the number of an exercise that a heading begins with.
var leadingNumber = regexp.MustCompile(`^(?:Exercise )?(\d+\.\d+)\b`)

// leadingID reads "1.3 Chain" and "Exercise 1.3: Chain".
func leadingID(heading string) (mark.ID, bool) {
	m := leadingNumber.FindStringSubmatch(heading)
	if m == nil {
		return mark.ID{}, false
	}
	return mark.ParseID(m[1])
}

// foldedHint is a hint as the notes fold it.
var foldedHint = regexp.MustCompile(`(?s)<details>\s*<summary>\s*` + hintTitle + `[^<]*</summary>(.*?)</details>`)

// hintsIn returns what is folded under <summary>Hint …</summary>.
func hintsIn(body string) []string {
	var hints []string
	for _, m := range foldedHint.FindAllStringSubmatch(body, -1) {
		hints = append(hints, strings.TrimSpace(m[1]))
	}
	return hints
}

// Section returns the section of an exercise, in the reader's language.
func (ch *Chapter) Section(want mark.ID) (Section, bool, error) {
	notes, err := ch.Page(notesName)
	if err != nil {
		return Section{}, false, err
	}
	for _, s := range sections(notes) {
		if s.id == want {
			return s, true, nil
		}
	}
	return Section{}, false, nil
}
