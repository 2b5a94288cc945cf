package proof

import (
	"fmt"
	"path"
	"regexp"
	"slices"
	"strings"
)

// What must be the same in both languages: code, names, links, numbers, folds, the
// rows of tables, the items of lists, bold rules and whether they deny.

var (
	fencedBlock = regexp.MustCompile("(?ms)^[ \t]*```.*?^[ \t]*```[ \t]*$")
	span        = regexp.MustCompile("`[^`\n]+`")
	target      = regexp.MustCompile(`\]\(([^)\s]+)\)`)
	digits      = regexp.MustCompile(`\d[\d,.:]*\d|\d`)
	comment     = regexp.MustCompile(`(?s)<!--.*?-->`)
)

// differs says in what a section of the twin is another than its English one.
func (p part) differs(twin part, pages TwinPage, known rulebook) []string {
	if p.level != twin.level {
		return []string{fmt.Sprintf("its level is %d, and in English %d", twin.level, p.level)}
	}
	source, said := piecesOf(p), piecesOf(twin)
	english, korean := textOf(source), textOf(said)
	all := slices.Concat(
		blocksDiffer(p.text, twin.text),
		lacks("code is not in English", once(span.FindAllString(korean, -1)), span.FindAllString(english, -1)),
		lacks("link is not in English", once(targetsIn(korean, pages.Korean)), targetsIn(english, pages.English)),
		numbersAdded(english, korean),
		lacks("answer is missing", answer.FindAllString(p.text, -1), answer.FindAllString(twin.text, -1)),
		piecesDiffer(source, said, pages, known),
	)
	if e, k := fieldsIn(p.text), fieldsIn(twin.text); !slices.Equal(e, k) {
		all = append(all, fmt.Sprintf("the fields and choices are %q, and in English %q", k, e))
	}
	return append(all, rulesDiffer(english, korean, known)...)
}

// SaysOtherwise says in what a Korean text that belongs to no page differs from its
// English one, as [compareTwin] does for a section.
func SaysOtherwise(english, korean string) []string {
	return part{text: english}.differs(part{text: korean}, TwinPage{}, rulebook{})
}

// field is what is the same in every language: of a question its kind, what it runs, and
// which choice is right, and of a drill's point where it is, its label and its proof.
var field = regexp.MustCompile(`(?m)^(?:(?:Kind|Run|Imports): .*|- \[[x ]\]|- (?:label|counts|proof|\w+\.go): .*)`)

// answer is one of a question. Korean may take more.
var answer = regexp.MustCompile(`(?m)^Answer: .*`)

func fieldsIn(text string) []string { return field.FindAllString(text, -1) }

// proseIn is a section with its heading, without blocks and comments.
func proseIn(p part) string {
	return p.heading + "\n" + comment.ReplaceAllString(fencedBlock.ReplaceAllString(p.text, ""), "")
}

// blocksDiffer compares the fenced blocks. Words may stand in diagrams and drawings, and
// behind commands.
func blocksDiffer(english, korean string) []string {
	e, k := blocks(english), blocks(korean)
	if len(e) != len(k) {
		return []string{fmt.Sprintf("block: %d here, %d in English", len(k), len(e))}
	}
	var all []string
	for i := range e {
		same := e[i].content == k[i].content
		if slices.Contains([]string{"mermaid", "text"}, e[i].lang) && e[i].source == "" {
			same = drawTheSame(e[i].content, k[i].content)
		}
		if e[i].lang == "sh" && e[i].source == "" {
			same = runTheSame(e[i].content, k[i].content)
		}
		if !same || e[i].lang != k[i].lang || e[i].source != k[i].source {
			all = append(all, fmt.Sprintf("block %d is another than in English", i+1))
		}
	}
	return all
}

// drawn is what a drawing shows in every language: arrows, numbers, paths and names in capitals.
var drawn = regexp.MustCompile(`[-=.]+[->x)]+|\d+|/\w+|\b[A-Z_]{2,}\b`)

// drawTheSame compares two drawings line by line.
func drawTheSame(english, korean string) bool {
	e, k := strings.Split(english, "\n"), strings.Split(korean, "\n")
	if len(e) != len(k) {
		return false
	}
	for i := range e {
		if len(lacks("", drawn.FindAllString(e[i], -1), drawn.FindAllString(k[i], -1))) > 0 {
			return false
		}
	}
	return true
}

// behind is what a page says behind a command.
var behind = regexp.MustCompile(`(?m)(\S +# ).*$`)

// runTheSame compares commands. Whoever reads Korean also reads there what they do.
func runTheSame(english, korean string) bool {
	for _, said := range behind.FindAllString(korean, -1) {
		if !hangul.MatchString(said) {
			return false
		}
	}
	return behind.ReplaceAllString(english, "$1") == behind.ReplaceAllString(korean, "$1") && drawTheSame(english, korean)
}

// lacks names what the others have less often.
func lacks(what string, all, others []string) []string {
	left := slices.Clone(others)
	var out []string
	for _, s := range slices.Sorted(slices.Values(all)) {
		if i := slices.Index(left, s); i >= 0 {
			left = slices.Delete(left, i, i+1)
			continue
		}
		out = append(out, fmt.Sprintf("%s: %s", what, s))
	}
	return slices.Compact(out)
}

// targetsIn returns where the links of a page lead, in terms of English pages: a twin may
// lead to a twin, and headings have other anchors there. A folder shows its README.md.
func targetsIn(text, page string) []string {
	var all []string
	for _, m := range target.FindAllStringSubmatch(text, -1) {
		to, anchor, _ := strings.Cut(m[1], "#")
		switch {
		case to == "" && exerciseAnchor.MatchString(anchor):
			to = "#" + anchor
		case to != "" && !strings.Contains(to, ":"):
			to = strings.TrimSuffix(englishOf(path.Join(path.Dir(page), to)), "/README.md")
		}
		all = append(all, to)
	}
	return all
}

// englishOf is the English page that a path means.
func englishOf(name string) string {
	return strings.Replace(strings.Replace(name, ".ko.md", ".md", 1), "docs/ko/", "docs/", 1)
}

// exerciseAnchor is the anchor of an exercise, which both pages have.
var exerciseAnchor = regexp.MustCompile(`^\d{2,}-`)

// rulebook is what is known of rules beside their two texts.
type rulebook struct {
	exempt map[string]string // rules whose negations may differ, with the reason
	said   map[string]string // rules that are quoted, as the notes say them in Korean
	terms  map[string]string // of the glossary, in Korean
}

// rulesSaid are the rules of the notes in Korean. Those of stale sections are unknown.
func rulesSaid(english, korean string) map[string]string {
	all := map[string]string{}
	source, twin := partsOf(english), partsOf(korean)
	for i := range min(len(source), len(twin)) {
		e, k := bold.FindAllStringSubmatch(source[i].text, -1), bold.FindAllStringSubmatch(twin[i].text, -1)
		if twin[i].of != source[i].fingerprint() || len(e) != len(k) {
			continue
		}
		for j := range e {
			all[inOneLine(e[j][1])] = inOneLine(k[j][1])
		}
	}
	return all
}

func inOneLine(text string) string { return strings.Join(strings.Fields(text), " ") }

// rulesDiffer compares bold rules one by one: a rule that lost or won a negation says
// the opposite.
func rulesDiffer(english, korean string, known rulebook) (all []string) {
	e, k := bold.FindAllStringSubmatch(english, -1), bold.FindAllStringSubmatch(korean, -1)
	if len(e) != len(k) {
		return nil // said already
	}
	for i := range e {
		rule, twin := inOneLine(e[i][1]), inOneLine(k[i][1])
		said := known.said[rule]
		switch {
		case isRule(rule) && known.exempt[rule] == "" && negationsIn(rule)%2 != koreanNegationsIn(twin)%2:
			all = append(all, fmt.Sprintf("the rule %q denies %d times, and %q %d times", rule, negationsIn(rule), twin,
				koreanNegationsIn(twin)))
		case isRule(rule) && said != "" && said != twin:
			all = append(all, fmt.Sprintf("the notes say the rule %q as %q", rule, said))
		}
	}
	return all
}
