package proof

import (
	"fmt"
	"maps"
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
	tableLine   = regexp.MustCompile(`(?m)^\s*\|.*\|\s*$`)
	listItem    = regexp.MustCompile(`(?m)^\s*(?:-|\d+\.) `)
	fold        = regexp.MustCompile(`<details>`)
	comment     = regexp.MustCompile(`(?s)<!--.*?-->`)
)

// differs says in what a section of the twin is another than its English one.
func (p part) differs(twin part, pages TwinPage, exempt map[string]string) []string {
	if p.level != twin.level {
		return []string{fmt.Sprintf("its level is %d, and in English %d", twin.level, p.level)}
	}
	all := blocksDiffer(p.text, twin.text)
	english, korean := proseIn(p), proseIn(twin)
	all = append(all, setsDiffer("code", span.FindAllString(english, -1), span.FindAllString(korean, -1))...)
	all = append(all, setsDiffer("link", targetsIn(english, pages.English), targetsIn(korean, pages.Korean))...)
	all = append(all, numbersDiffer(english, korean)...)
	for _, kind := range []struct {
		name    string
		pattern *regexp.Regexp
	}{{"fold", fold}, {"line of a table", tableLine}, {"item of a list", listItem}, {"text in bold", bold}} {
		if e, k := len(kind.pattern.FindAllString(english, -1)), len(kind.pattern.FindAllString(korean, -1)); e != k {
			all = append(all, fmt.Sprintf("%s: %d here, %d in English", kind.name, k, e))
		}
	}
	if e, k := fieldsIn(p.text), fieldsIn(twin.text); !slices.Equal(e, k) {
		all = append(all, fmt.Sprintf("the fields and choices are %q, and in English %q", k, e))
	}
	return append(all, rulesDiffer(english, korean, exempt)...)
}

// field is what is the same in every language: of a question its kind, what it runs, and
// which choice is right, and of a drill's point where it is, its label and its proof.
var field = regexp.MustCompile(`(?m)^(?:(?:Kind|Run|Imports): .*|- \[[x ]\]|- (?:label|counts|proof|\w+\.go): .*)`)

func fieldsIn(text string) []string { return field.FindAllString(text, -1) }

// proseIn is a section with its heading, without blocks and comments.
func proseIn(p part) string {
	return p.heading + "\n" + comment.ReplaceAllString(fencedBlock.ReplaceAllString(p.text, ""), "")
}

// blocksDiffer compares the fenced blocks. Words may stand in diagrams and drawings
// only, whose lines are counted.
func blocksDiffer(english, korean string) []string {
	e, k := blocks(english), blocks(korean)
	if len(e) != len(k) {
		return []string{fmt.Sprintf("block: %d here, %d in English", len(k), len(e))}
	}
	var all []string
	for i := range e {
		isDrawn := slices.Contains([]string{"mermaid", "text"}, e[i].lang) && e[i].source == ""
		same := e[i].content == k[i].content
		if isDrawn {
			same = strings.Count(e[i].content, "\n") == strings.Count(k[i].content, "\n")
		}
		if !same || e[i].lang != k[i].lang || e[i].source != k[i].source {
			all = append(all, fmt.Sprintf("block %d is another than in English", i+1))
		}
	}
	return all
}

// setsDiffer names what only one of the two has.
func setsDiffer(kind string, english, korean []string) []string {
	return slices.Concat(lacks(kind+" is missing", english, korean), lacks(kind+" is not in English", korean, english))
}

func lacks(what string, all, others []string) []string {
	var out []string
	for _, s := range slices.Sorted(maps.Keys(setOf(all))) {
		if !slices.Contains(others, s) {
			out = append(out, fmt.Sprintf("%s: %s", what, s))
		}
	}
	return out
}

func setOf(all []string) map[string]bool {
	set := map[string]bool{}
	for _, s := range all {
		set[s] = true
	}
	return set
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

// written are numbers that English writes as words, where Korean often has a digit.
var written = map[string]string{
	"one": "1", "two": "2", "three": "3", "four": "4", "five": "5", "six": "6", "seven": "7", "eight": "8", "nine": "9",
	"ten": "10", "eleven": "11", "twelve": "12", "once": "1", "twice": "2", "first": "1", "second": "2", "third": "3",
	"half": "2", "both": "2", "a": "1", "an": "1", "twenty": "20", "forty": "40", "fifty": "50", "hundred": "100",
	"thousand": "1000", "zero": "0", "thirteen": "13", "fourteen": "14", "fifteen": "15",
	"sixteenth": "16", "thirty": "30", "quarter": "15", // of an hour
}

// numbersDiffer compares the numbers in digits, outside of code.
func numbersDiffer(english, korean string) []string {
	e, k := numbersIn(english), numbersIn(korean)
	missing := lacks("number is missing", e, k)
	for word := range strings.FieldsFuncSeq(strings.ToLower(english), func(r rune) bool { return r < 'a' || r > 'z' }) {
		if digit, ok := written[word]; ok {
			e = append(e, digit)
		}
	}
	return append(missing, lacks("number is not in English", k, e)...)
}

func numbersIn(text string) []string {
	text = target.ReplaceAllString(span.ReplaceAllString(text, ""), "](")
	var all []string
	for _, n := range digits.FindAllString(listItem.ReplaceAllString(text, ""), -1) {
		all = append(all, strings.ReplaceAll(n, ",", ""))
	}
	return all
}

// rulesDiffer compares bold rules one by one: a rule that lost or won a negation says
// the opposite.
func rulesDiffer(english, korean string, exempt map[string]string) []string {
	e, k := bold.FindAllStringSubmatch(english, -1), bold.FindAllStringSubmatch(korean, -1)
	if len(e) != len(k) {
		return nil // said already
	}
	var all []string
	for i := range e {
		rule, twin := e[i][1], k[i][1]
		if isRule(rule) && exempt[rule] == "" && negationsIn(rule)%2 != koreanNegationsIn(twin)%2 {
			all = append(all, fmt.Sprintf("the rule %q denies %d times, and %q %d times", rule, negationsIn(rule), twin,
				koreanNegationsIn(twin)))
		}
	}
	return all
}
