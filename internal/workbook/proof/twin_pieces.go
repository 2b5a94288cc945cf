package proof

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
)

// A section is compared piece by piece. Two rows that changed places, or a hint that
// became another's, have all their code and numbers still, but in other pieces.

// piece is a heading, a paragraph, an item, a quotation, a fold's line or a table's cell.
type piece struct{ kind, text string }

// kinds are in the order in which differences are told.
var kinds = []string{"fold", "cell", "item", "quotation", "paragraph"}

var startsItem = regexp.MustCompile(`^(?:-|\d+\.) `)

func kindOf(line string) string {
	switch {
	case strings.HasPrefix(line, "|"):
		return "cell"
	case startsItem.MatchString(line):
		return "item"
	case strings.HasPrefix(line, ">"):
		return "quotation"
	case strings.HasPrefix(line, "<"):
		return "fold"
	}
	return "paragraph"
}

// piecesOf are the pieces of a section, without blocks and comments.
func piecesOf(p part) []piece {
	heading, prose, _ := strings.Cut(proseIn(p), "\n")
	all, open := []piece{{"heading", heading}}, false
	for line := range strings.SplitSeq(prose, "\n") {
		line = strings.TrimSpace(line)
		last, kind := &all[len(all)-1], kindOf(line)
		switch {
		case line == "":
			open = false
		case kind == "cell":
			for cell := range strings.SplitSeq(strings.Trim(line, "|"), "|") {
				all = append(all, piece{kind, cell})
			}
			open = false
		case open && (kind == "paragraph" || kind == "quotation" && last.kind == kind):
			last.text += " " + strings.TrimSpace(strings.TrimPrefix(line, ">"))
		default:
			all, open = append(all, piece{kind, line}), kind != "fold"
		}
	}
	return all
}

// textOf is a section with a line for each piece: code and rules may be broken elsewhere.
func textOf(all []piece) string {
	lines := make([]string, len(all))
	for i, p := range all {
		lines[i] = p.text
	}
	return strings.Join(lines, "\n")
}

// piecesDiffer compares two sections.
func piecesDiffer(english, korean []piece, pages TwinPage, known rulebook) []string {
	if all := kindsDiffer(english, korean); len(all) > 0 {
		return all
	}
	var all []string
	for i, e := range english {
		for _, what := range e.differs(korean[i], pages, known) {
			all = append(all, fmt.Sprintf("%s, in %.60q", what, korean[i].text))
		}
	}
	return all
}

// kindsDiffer compares what sort of pieces follow each other.
func kindsDiffer(english, korean []piece) (all []string) {
	for _, kind := range kinds {
		if e, k := countOf(kind, english), countOf(kind, korean); e != k {
			all = append(all, fmt.Sprintf("%s: %d here, %d in English", kind, k, e))
		}
	}
	if len(all) == 0 && !slices.EqualFunc(english, korean, func(e, k piece) bool { return e.kind == k.kind }) {
		all = append(all, "its paragraphs, items and tables stand in another order than in English")
	}
	return all
}

func countOf(kind string, all []piece) (count int) {
	for _, p := range all {
		if p.kind == kind {
			count++
		}
	}
	return count
}

// differs says what a piece of the twin lacks. It may repeat a name for which English
// has "it", and make two sentences of one.
func (p piece) differs(twin piece, pages TwinPage, known rulebook) []string {
	all := slices.Concat(
		lacks("code is missing", span.FindAllString(p.text, -1), span.FindAllString(twin.text, -1)),
		lacks("link is missing", targetsIn(p.text, pages.English), targetsIn(twin.text, pages.Korean)),
		numbersMissing(p.text, twin.text),
		unitsChanged(p.text, twin.text),
		titlesDiffer(p.text, twin.text),
		termsMissing(p.text, twin.text, known.terms),
	)
	if e, k := len(bold.FindAllString(p.text, -1)), len(bold.FindAllString(twin.text, -1)); e != k {
		all = append(all, fmt.Sprintf("text in bold: %d here, %d in English", k, e))
	}
	if e, k := sentencesIn(p.text), sentencesIn(twin.text); k < e {
		all = append(all, fmt.Sprintf("sentence: %d here, %d in English", k, e))
	}
	if longEnglish.MatchString(p.text) && !hangul.MatchString(twin.text) {
		all = append(all, "it is English")
	}
	return all
}

// termsMissing are those of the glossary that have another word in Korean, outside of code.
func termsMissing(english, korean string, terms map[string]string) (all []string) {
	english = strings.ToLower(withoutCode(english))
	for term, word := range terms {
		if strings.Contains(english, term) && !strings.Contains(korean, word) {
			all = append(all, fmt.Sprintf("term: %s is %s", term, word))
		}
	}
	slices.Sort(all)
	return all
}

func titlesDiffer(english, korean string) (all []string) {
	for title, said := range titles {
		if strings.Contains(english, title) != strings.Contains(korean, said) {
			all = append(all, fmt.Sprintf("title: %q is %q", title, said))
		}
	}
	return all
}

// titles are those by which a program, or a reader, finds a step of an exercise.
var titles = map[string]string{
	"**Problem.**": "**문제.**", "**Idea.**": "**아이디어.**", "**Read the test.**": "**테스트 읽기.**",
	"**Seen in the wild.**": "**실제 사례.**", "**See it.**": "**직접 보기.**", "**Why so.**": "**이유.**",
	"**Another way.**": "**다른 방법.**", "**Next.**": "**다음.**", "<summary>Hint ": "<summary>힌트 ",
	"<summary>When it is green</": "<summary>통과한 뒤</", "<summary>When the chapter is green</": "<summary>챕터를 마치면</",
}

var (
	longEnglish = regexp.MustCompile(`^(?:> )?[A-Za-z',-]+(?: [a-z][a-z',-]*){3,}`)
	hangul      = regexp.MustCompile(`\p{Hangul}`)
	sentenceEnd = regexp.MustCompile("[.!?][\"*)_”`]*(?:\\s+|$)")
	wordIn      = regexp.MustCompile(`\pL`)
)

// sentencesIn counts sentences. What has no end at its end is one too.
func sentencesIn(text string) (count int) {
	for _, sentence := range sentenceEnd.Split(target.ReplaceAllString(span.ReplaceAllString(text, "X"), "]"), -1) {
		if wordIn.MatchString(sentence) {
			count++
		}
	}
	return count
}
