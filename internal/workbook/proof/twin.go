package proof

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"example.com/authbook/internal/workbook/course"
	"example.com/authbook/internal/workbook/term"
)

// A twin is the Korean page beside an English one: README.ko.md, or the same name
// in docs/ko. Each of its sections carries the fingerprint of the English section
// that it says again, in a line below the heading:
//
//	## 2. 서명
//	<!-- of: 3f9c21d0 -->
//
// So a section whose English has changed is known, and no other one. Who has translated
// a section writes "of: new", and notes --write puts the fingerprint there.

// part is a section of a page: a heading and what stands below it, up to the next
// heading of any level.
type part struct {
	level   int // 0 for what stands before the first heading
	heading string
	line    int    // of the heading, from 1
	of      string // the fingerprint that it carries, "" if none
	text    string // without the two comments of a twin
}

var (
	ofComment   = regexp.MustCompile(`^<!-- of: ([0-9a-f]+|new) -->\s*$`)
	partHeading = regexp.MustCompile(`^(#{1,6}) +(.+?)\s*$`)
)

// partsOf splits a page.
func partsOf(page string) []part {
	all := []part{{line: 1}}
	n := 0
	for l := range term.Lines(page) {
		n++
		if m := partHeading.FindStringSubmatch(strings.TrimRight(l.Text, "\n")); m != nil && !l.Code {
			all = append(all, part{level: len(m[1]), heading: m[2], line: n})
			continue
		}
		all[len(all)-1].take(l)
	}
	if strings.TrimSpace(all[0].text) == "" {
		return all[1:]
	}
	return all
}

// take adds a line to a section.
func (p *part) take(l term.Line) {
	of := ofComment.FindStringSubmatch(l.Text)
	switch {
	case of != nil && !l.Code:
		p.of = of[1]
	case l.Code || !strings.Contains(l.Text, course.StaleMark):
		p.text += l.Text
	}
}

// fingerprint tells one English section from another. What is generated into it, and
// where its lines break, is no change of it.
func (p part) fingerprint() string {
	words := strings.Fields(p.heading + " " + withoutGenerated(p.text))
	sum := sha256.Sum256([]byte(strings.Join(words, " ")))
	return hex.EncodeToString(sum[:4])
}

// withoutGenerated takes the contents of generated blocks out of a text.
func withoutGenerated(text string) string {
	var edits []course.Edit
	for _, b := range blocks(text) {
		if b.source != "" {
			edits = append(edits, course.Edit{At: b.at})
		}
	}
	return course.Splice(text, edits)
}

// staleLine is the line that tells readers of an old section: what has changed, where the English stands, and for the
// translator what the section must carry once it says the same again.
func staleLine(english, fingerprint string) string {
	return fmt.Sprintf("%s: 영어 원문이 바뀌었습니다. 다시 옮길 때까지 [원문](%s)을 보세요. <!-- now: %s -->\n", course.StaleMark, english,
		fingerprint)
}

// compareTwin says in what a Korean page differs from its English one: sections, and
// in each of them what must be the same in both languages. Stale sections are left to
// [StaleSections].
func compareTwin(pages TwinPage, english, korean string, known rulebook) []string {
	source, twin := partsOf(english), partsOf(korean)
	if len(source) != len(twin) {
		return []string{fmt.Sprintf("it has %d sections, and the English page %d%s", len(twin), len(source),
			oddSection(source, twin))}
	}
	var all []string
	for i, s := range source {
		if twin[i].of == "" {
			all = append(all, fmt.Sprintf("line %d, %q: <!-- of: new --> is missing", twin[i].line, twin[i].heading))
		}
		if twin[i].of != s.fingerprint() {
			continue
		}
		for _, what := range s.differs(twin[i], pages, known) {
			all = append(all, fmt.Sprintf("line %d, %q: %s", twin[i].line, twin[i].heading, what))
		}
	}
	return all
}

// oddSection names the first English section that no section of the twin is of, or else
// the first of the twin that is too many.
func oddSection(source, twin []part) string {
	left := slices.Clone(twin)
	for _, s := range source {
		of := s.fingerprint()
		i := slices.IndexFunc(left, func(t part) bool { return t.of == of })
		if i < 0 {
			return fmt.Sprintf("; none is of %q", s.heading)
		}
		left = slices.Delete(left, i, i+1)
	}
	return fmt.Sprintf("; line %d, %q is too many", left[0].line, left[0].heading)
}

// StaleSections returns the sections of a twin whose English is another by now. Where
// sections are missing nobody knows.
func StaleSections(english, korean string) []string {
	source, twin := partsOf(english), partsOf(korean)
	if len(source) != len(twin) {
		return nil
	}
	var all []string
	for i := range source {
		if want := source[i].fingerprint(); twin[i].of != want && twin[i].of != "" {
			all = append(all, fmt.Sprintf("line %d, %q is out of date: translate %q again, then <!-- of: %s -->",
				twin[i].line, twin[i].heading, source[i].heading, want))
		}
	}
	return all
}

// MarkStale returns a twin in which exactly its stale sections tell readers so. link is
// where the English page lies, as seen from the twin.
func MarkStale(english, korean, link string) string {
	source, twin := partsOf(english), partsOf(korean)
	if len(source) != len(twin) {
		return korean
	}
	at := -1
	if twin[0].level == 0 {
		at = 0
	}
	var out strings.Builder
	for l := range term.Lines(korean) {
		of := ofComment.FindStringSubmatch(l.Text)
		switch {
		case l.Code || of == nil && !strings.Contains(l.Text, course.StaleMark):
			if !l.Code && partHeading.MatchString(strings.TrimRight(l.Text, "\n")) {
				at++
			}
			out.WriteString(l.Text)
		case of != nil:
			out.WriteString(stamp(of[1], source[at].fingerprint(), link))
		}
	}
	return out.String()
}

// stamp is what stands below a heading: of which English the section is and, if that
// is another by now, the line for readers.
func stamp(of, now, link string) string {
	if of == "new" {
		of = now
	}
	line := fmt.Sprintf("<!-- of: %s -->\n", of)
	if of != now {
		line += staleLine(link, now)
	}
	return line
}
