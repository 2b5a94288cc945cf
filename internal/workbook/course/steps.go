package course

import (
	"regexp"
	"strconv"
	"strings"

	"example.com/authbook/internal/mark"
	"example.com/authbook/internal/workbook/term"
)

// Step is a part of a chapter's notes: what leads to one exercise, and its section.
// The steps follow each other. Before them comes the opening, and what stands behind
// the last exercise is left out.
type Step struct {
	ID      mark.ID
	Text    string // in Markdown
	Minutes int    // that the exercise should take, 0 where the table does not say
	Hints   int
}

// Contents is a chapter's notes as a list.
type Contents struct {
	Title   string // "01 · Middleware"
	Opening string // in Markdown: what stands before the table of exercises
	Steps   []Step
	Rest    []string // headings behind the last exercise
	Tail    string   // in Markdown: what stands below these headings
}

var minutesLine = regexp.MustCompile(`(?m)^\| \[(\d+\.\d+)\]\(#.*\| (\d+) \|\s*$`)

// Contents reads a chapter's notes.
func (ch *Chapter) Contents() (Contents, error) {
	notes, err := ch.Page(notesName)
	if err != nil {
		return Contents{}, err
	}
	return contentsOf(notes), nil
}

func contentsOf(notes string) Contents {
	c := Contents{}
	r := reader{contents: &c}
	for line := range term.Lines(notes) {
		r.line(line)
	}
	r.end()
	c.Opening, c.Tail = strings.TrimSpace(c.Opening), strings.TrimSpace(r.text.String())
	minutes := minutesIn(notes)
	for i, s := range c.Steps {
		c.Steps[i].Minutes = minutes[s.ID.String()]
	}
	return c
}

// minutesIn reads the table of exercises.
func minutesIn(notes string) map[string]int {
	minutes := map[string]int{}
	for _, m := range minutesLine.FindAllStringSubmatch(notes, -1) {
		minutes[m[1]], _ = strconv.Atoi(m[2])
	}
	return minutes
}

// reader cuts notes into steps.
type reader struct {
	contents *Contents
	text     strings.Builder
	id       mark.ID // of the exercise whose section this is
	level    int     // of its heading, 0 outside a section
	began    bool    // a heading below the title was met
	opened   bool    // the table of exercises was met: what is behind it is no opening
}

func (r *reader) line(line term.Line) {
	depth, heading := headingIn(line.Text)
	switch {
	case line.Code || depth == 0:
	case depth == 1:
		r.contents.Title = heading
		return
	default:
		r.heading(depth, heading)
	}
	if r.began {
		r.text.WriteString(line.Text)
		return
	}
	if r.opened = r.opened || !line.Code && strings.HasPrefix(line.Text, "|"); !r.opened {
		r.contents.Opening += line.Text
	}
}

// heading begins a section, or ends one: a step ends with the section of its exercise.
func (r *reader) heading(depth int, heading string) {
	r.began = true
	if r.level > 0 && depth <= r.level {
		r.end()
	}
	if id, ok := leadingID(heading); ok && r.level == 0 {
		r.id, r.level = id, depth
	} else if r.level == 0 && depth == 2 {
		r.contents.Rest = append(r.contents.Rest, heading)
	}
}

// end closes the step whose section is open.
func (r *reader) end() {
	if r.level == 0 {
		return
	}
	text := strings.TrimSpace(r.text.String()) + "\n"
	r.contents.Steps = append(r.contents.Steps, Step{ID: r.id, Text: text, Hints: len(hintsIn(text))})
	r.contents.Rest = nil
	r.level = 0
	r.text.Reset()
}

// Step is the part of the contents that belongs to an exercise.
func (c Contents) Step(id mark.ID) (Step, bool) {
	for _, s := range c.Steps {
		if s.ID == id {
			return s, true
		}
	}
	return Step{}, false
}
