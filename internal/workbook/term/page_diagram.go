package term

import (
	"cmp"
	"regexp"
	"strings"
)

// diagramPart is what a diagram calls one of its parts: a box, a question, or who takes part.
var diagramPart = regexp.MustCompile(`\["?([^\]"]+)"?\]|\{"?([^}"]+)"?\}|^\s*participant (?:\w+ as )?(.+?)\s*$`)

// partsIn are the parts that a line of a diagram names.
func partsIn(line string) []string {
	var parts []string
	for _, m := range diagramPart.FindAllStringSubmatch(line, -1) {
		parts = append(parts, strings.ReplaceAll(cmp.Or(m[1], m[2], m[3]), "<br/>", " "))
	}
	return parts
}

// tellDiagram says what a diagram is about, for a terminal can't draw it.
func (p *page) tellDiagram() {
	words := p.ui.T("(a diagram, which a browser draws)")
	if len(p.parts) > 0 {
		words = p.ui.T("(a diagram, which a browser draws: %s)", strings.Join(p.parts, " · "))
	}
	for _, line := range p.ui.Wrap(words, 2) {
		p.say(p.ui.Paint(Faint, "│ "+line))
	}
}
