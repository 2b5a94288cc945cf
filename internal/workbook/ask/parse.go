package ask

import (
	"fmt"
	"regexp"
	"strings"

	"example.com/authbook/internal/mark"
	"example.com/authbook/internal/workbook/course"
	"example.com/authbook/internal/workbook/term"
)

// section is the lines of one question.
type section struct {
	line  int // of the heading, from 1
	head  string
	lines []term.Line
}

// sectionsOf cuts a file at its headings. What stands above the first is a title.
func sectionsOf(content string) []section {
	var all []section
	number := 0
	for l := range term.Lines(content) {
		number++
		l.Text = strings.TrimRight(l.Text, " \n")
		head, isHeading := strings.CutPrefix(l.Text, "## ")
		switch {
		case isHeading && !l.Code:
			all = append(all, section{line: number, head: strings.TrimSpace(head)})
		case len(all) > 0:
			last := &all[len(all)-1]
			last.lines = append(last.lines, l)
		}
	}
	return all
}

// building is a question of which some lines are read.
type building struct {
	Noted
	inCode   bool // inside a block of Go
	choosing bool // a choice or an answer was met: the text is over
	problems []string
}

// wrong notes what is wrong in a line.
func (b *building) wrong(line int, format string, args ...any) {
	b.problems = append(b.problems, fmt.Sprintf("%d: %s", line, fmt.Sprintf(format, args...)))
}

var (
	headForm   = regexp.MustCompile(`^(\d+\.\d+) ([a-z0-9]+(?:-[a-z0-9]+)*)$`)
	choiceForm = regexp.MustCompile(`^- \[([x ])\] (\S.*)$`)
	fieldForm  = regexp.MustCompile(`^(Kind|Run|Imports|Answer): +(\S.*)$`)
	quoteForm  = regexp.MustCompile(`^( *)> ?(.*)$`)
)

// question reads a section.
func (s section) question(ch *course.Chapter) (Noted, []string) {
	b := &building{Noted: Noted{Line: s.line}}
	b.ID = s.head
	m := headForm.FindStringSubmatch(s.head)
	if m == nil {
		b.wrong(s.line, "the heading %q is not an exercise and a name in small letters, such as ## 2.5 constant-time",
			s.head)
		return b.Noted, b.problems
	}
	b.Exercise, _ = mark.ParseID(m[1])
	if _, ok := course.Find(ch.Exercises, b.Exercise); !ok {
		b.wrong(s.line, "there is no exercise %s: take the one nearest to the question", m[1])
	}
	for i, l := range s.lines {
		b.take(s.line+1+i, l)
	}
	b.Text, b.Because = strings.TrimSpace(b.Text), strings.TrimSpace(b.Because)
	b.judge()
	return b.Noted, b.problems
}

// take reads one line.
func (b *building) take(number int, l term.Line) {
	match := func(form *regexp.Regexp) []string { return form.FindStringSubmatch(l.Text) }
	field, quote, choice := match(fieldForm), match(quoteForm), match(choiceForm)
	switch {
	case l.Code:
		b.code(l.Text)
	case field != nil:
		b.field(number, field[1], field[2])
	case choice != nil:
		b.Choices = append(b.Choices, Choice{Text: choice[2], Right: choice[1] == "x"})
		b.choosing = true
	case strings.HasPrefix(l.Text, "- ["):
		b.wrong(number, "a choice is - [x] and its text, or - [ ] and its text")
	case quote != nil:
		b.quote(quote[1] != "", quote[2])
	default:
		b.prose(number, l.Text)
	}
}

// quote takes a line of an explanation: of the last choice, or of all.
func (b *building) quote(ofChoice bool, line string) {
	if ofChoice && len(b.Choices) > 0 {
		add(&b.Choices[len(b.Choices)-1].Because, line)
		return
	}
	add(&b.Because, line)
}

// add appends a line to a text.
func add(to *string, line string) { *to = strings.TrimPrefix(*to+"\n"+line, "\n") }

// code takes a line of a block. A block of Go is what a trace runs.
func (b *building) code(line string) {
	b.Text += line + "\n"
	lang, fence := strings.CutPrefix(strings.TrimSpace(line), "```")
	switch {
	case fence:
		b.inCode = lang == "go"
	case b.inCode:
		b.Code += line + "\n"
	}
}

// field takes a line such as "Kind: why".
func (b *building) field(number int, name, value string) {
	switch name {
	case "Kind":
		b.Kind = value
	case "Run":
		b.Run = value
	case "Imports":
		b.Imports = strings.FieldsFunc(value, func(r rune) bool { return r == ',' || r == ' ' })
	case "Answer":
		b.Accepts = append(b.Accepts, value)
		b.choosing = true
	}
	if b.Text != "" && name != "Answer" {
		b.wrong(number, "%s belongs below the heading, above the text", name)
	}
}

// prose takes a line of the text, or one that goes on with a choice.
func (b *building) prose(number int, line string) {
	switch {
	case !b.choosing && (line != "" || b.Text != ""):
		b.Text += line + "\n"
	case line == "" || !b.choosing:
	case strings.HasPrefix(line, "  ") && len(b.Choices) > 0 && b.Choices[len(b.Choices)-1].Because == "":
		b.Choices[len(b.Choices)-1].Text += " " + strings.TrimSpace(line)
	default:
		b.wrong(number, "behind the choices stand only lines with >: %q", line)
	}
}
