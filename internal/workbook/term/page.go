package term

import (
	"regexp"
	"strings"
)

// PageWidth is how wide a page is at most: longer lines are hard to read.
const PageWidth = 80

// Page prints a text in Markdown on a terminal: lines that fit, tables in columns,
// code behind a bar. Comments and what is folded away stay away, but for the titles
// of folds that are no hints.
func (u *UI) Page(markdown string) {
	p := &page{ui: u}
	for l := range Lines(htmlComment.ReplaceAllString(markdown, "")) {
		p.line(strings.TrimRight(l.Text, "\r\n"), l.Code)
	}
	p.flush()
}

// htmlComment is what no reader sees.
var htmlComment = regexp.MustCompile(`(?ms)^<!--.*?-->\n?`)

// page is a text of which a part is printed.
type page struct {
	ui        *UI
	paragraph []string // lines that go on
	table     []string // rows
	folds     int      // that are open
	diagram   bool     // in a block that only a browser draws
	parts     []string // of the diagram
	blank     bool     // an empty line is due, if more comes
	began     bool
}

var (
	pageHeading = regexp.MustCompile(`^#{1,6} +(.+?)\s*$`)
	pageItem    = regexp.MustCompile(`^(\s*(?:[-*]|\d+\.) +)(.*)$`)
	foldTitle   = regexp.MustCompile(`<summary>(.*?)</summary>`)
	forLater    = regexp.MustCompile(`^(?:Hint|힌트|When it is green$|통과한 뒤$)`)
	tableRule   = regexp.MustCompile(`^\|[-:| ]+\|$`)
)

// line takes the next line.
func (p *page) line(text string, isCode bool) {
	trimmed := strings.TrimSpace(text)
	if !isCode && p.fold(trimmed) || p.folds > 0 {
		return
	}
	switch {
	case isCode:
		p.flush()
		p.code(text)
	case strings.HasPrefix(trimmed, "|"):
		p.flushParagraph()
		p.table = append(p.table, trimmed)
	case trimmed == "":
		p.flush()
		p.blank = true
	case pageHeading.MatchString(text):
		p.flush()
		p.heading(plain(pageHeading.FindStringSubmatch(text)[1]))
	case pageItem.MatchString(text):
		p.flush()
		p.paragraph = []string{text}
	default:
		p.flushTable()
		p.paragraph = append(p.paragraph, trimmed)
	}
}

// fold keeps count of the folds that a line opens and closes, and prints the title
// of one that is neither a hint nor for later. It reports whether the line is one.
func (p *page) fold(text string) bool {
	opens, closes := strings.Count(text, "<details>"), strings.Count(text, "</details>")
	title := foldTitle.FindStringSubmatch(text)
	if title != nil && p.folds+opens == 1 && !forLater.MatchString(title[1]) {
		p.flush()
		p.say("▸ " + plain(title[1]))
	}
	p.folds = max(0, p.folds+opens-closes)
	return opens+closes > 0 || title != nil
}

// code prints a line of a fenced block behind a bar.
func (p *page) code(text string) {
	lang, fence := strings.CutPrefix(strings.TrimSpace(text), "```")
	switch {
	case fence && lang == "mermaid":
		p.diagram = true
	case fence && p.diagram:
		p.tellDiagram()
		p.diagram, p.parts = false, nil
	case p.diagram:
		p.parts = append(p.parts, partsIn(text)...)
	case !fence:
		p.say(p.ui.Paint(Faint, "│ ") + strings.ReplaceAll(text, "\t", "    "))
	}
}

// say prints a line, behind an empty one where that is due.
func (p *page) say(text string) {
	if p.began && p.blank {
		p.ui.Say("")
	}
	p.ui.Say("%s", text)
	p.began, p.blank = true, false
}

// heading prints a heading, with a line below where no colour makes it one.
func (p *page) heading(text string) {
	p.say(p.ui.Paint(Bold, text))
	if !p.ui.color {
		p.say(strings.Repeat("─", ColumnsOf(text)))
	}
}

// flush prints what was put together so far.
func (p *page) flush() {
	p.flushParagraph()
	p.flushTable()
}

// flushParagraph prints a paragraph, or an item of a list below its sign.
func (p *page) flushParagraph() {
	if len(p.paragraph) == 0 {
		return
	}
	text, sign := strings.Join(p.paragraph, " "), ""
	if m := pageItem.FindStringSubmatch(text); m != nil {
		sign, text = m[1], m[2]
	}
	for _, line := range p.ui.Wrap(plain(text), ColumnsOf(sign)) {
		p.say(sign + line)
		sign = strings.Repeat(" ", len(sign))
	}
	p.paragraph = nil
}
