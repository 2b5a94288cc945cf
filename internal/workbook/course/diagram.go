package course

import "regexp"

// MermaidVersion is the release of Mermaid (npm) that draws the diagrams of the notes.
const MermaidVersion = "11.17.2"

var mermaidBlock = regexp.MustCompile("(?ms)^```mermaid\n(.*?)^```")

// Diagrams are the sources of the diagrams of a page, in Mermaid.
func Diagrams(page string) (sources []string) {
	for _, m := range mermaidBlock.FindAllStringSubmatch(page, -1) {
		sources = append(sources, m[1])
	}
	return sources
}

// DiagramFile is the picture of a diagram, from the chapter's folder. Its name is drawn
// from its source: a diagram that was changed has no picture until it is drawn again.
func DiagramFile(source string) string {
	return "diagrams/" + Fingerprint(MermaidVersion+"\n"+source) + ".svg"
}
