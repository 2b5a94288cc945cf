package proof

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"example.com/authbook/internal/workbook/course"
)

// TwinPage is a Korean page and the English one that it says again, as paths in the
// course with slashes.
type TwinPage struct{ English, Korean string }

// onlyKorean are the pages of docs/ko that say nothing again.
var onlyKorean = []string{"docs/ko/README.md", "docs/ko/errors.md", "docs/ko/interview.md",
	"docs/ko/pull-request.md"}

// TwinPages returns the twins of a course: README.ko.md beside a README.md, questions.ko.md
// beside questions.md, key.ko.md beside the key.md of a drill, and in docs/ko a page of the
// same name as one of docs.
func TwinPages(root string) ([]TwinPage, error) {
	var all []TwinPage
	for _, pattern := range []string{"README.ko.md", "*/README.ko.md", "*/*/README.ko.md",
		"*/testdata/questions.ko.md", "docs/review/drills/testdata/*/key.ko.md",
		"docs/ko/*.md", "docs/ko/*/*.md", "docs/ko/*/*/*.md"} {
		paths, err := fs.Glob(os.DirFS(root), pattern)
		if err != nil {
			return nil, err
		}
		for _, name := range paths {
			if !slices.Contains(onlyKorean, name) {
				all = append(all, TwinPage{English: englishOf(name), Korean: name})
			}
		}
	}
	return all, nil
}

// ofChapter is how a page begins that one chapter alone has.
var ofChapter = regexp.MustCompile(`^\d\d-`)

// TwinProblems lists what is wrong with the twins of a chapter and of the pages outside
// of chapters, or, without one, of all: what they say otherwise, and what is out of date.
func TwinProblems(root string, ch *course.Chapter) ([]string, error) {
	pages, err := TwinPages(root)
	if err != nil {
		return nil, err
	}
	var all []string
	for _, page := range pages {
		if ch != nil && ofChapter.MatchString(page.Korean) && !strings.HasPrefix(page.Korean, ch.Name+"/") {
			continue
		}
		r, err := page.Compare(root)
		if err != nil {
			return nil, err
		}
		for _, what := range slices.Concat(r.Differs, r.Stale) {
			all = append(all, page.Korean+": "+what)
		}
	}
	return all, nil
}

// TwinReport is what a twin is, compared with its English page.
type TwinReport struct {
	Differs []string // in what it says something else
	Stale   []string // sections whose English has changed
	Text    string   // the twin with generated blocks and marks as they must be
	Changed bool     // that is not yet what it has
}

// Compare reads both pages.
func (t TwinPage) Compare(root string) (TwinReport, error) {
	source, err := fs.ReadFile(os.DirFS(root), t.English)
	if errors.Is(err, fs.ErrNotExist) {
		return TwinReport{}, fmt.Errorf("%s is the twin of no page: there is no %s", t.Korean, t.English)
	}
	if err != nil {
		return TwinReport{}, err
	}
	twin, err := fs.ReadFile(os.DirFS(root), t.Korean)
	if err != nil {
		return TwinReport{}, err
	}
	known, err := t.rulebook(root)
	return t.report(string(source), string(twin), known), err
}

// rulebook is what is known of the rules on a page: its folder's notes say them too, if
// it has questions.
func (t TwinPage) rulebook(root string) (known rulebook, err error) {
	if known.terms, err = glossary(root); err != nil {
		return known, err
	}
	if known.exempt, err = exemptRules(root); err != nil || path.Base(t.English) != "questions.md" {
		return known, err
	}
	notes := path.Join(path.Dir(path.Dir(t.English)), "README")
	english, err := fs.ReadFile(os.DirFS(root), notes+".md")
	if err != nil {
		return known, err
	}
	korean, err := fs.ReadFile(os.DirFS(root), notes+".ko.md")
	known.said = rulesSaid(string(english), string(korean))
	return known, err
}

func (t TwinPage) report(source, twin string, known rulebook) TwinReport {
	text := copyBlocks(source, MarkStale(source, twin, t.link()))
	return TwinReport{
		Differs: compareTwin(t, source, twin, known),
		Stale:   StaleSections(source, twin),
		Text:    text,
		Changed: text != twin,
	}
}

// link is where the English page lies, as seen from the twin.
func (t TwinPage) link() string {
	up := strings.Repeat("../", strings.Count(t.Korean, "/"))
	if filepath.Dir(t.Korean) == filepath.Dir(t.English) {
		return filepath.Base(t.English)
	}
	return up + t.English
}

// copyBlocks gives a twin the generated blocks of its English page.
func copyBlocks(english, korean string) string {
	e, k := generated(english), generated(korean)
	if len(e) != len(k) {
		return korean
	}
	var edits []course.Edit
	for i, b := range k {
		if b.source == e[i].source {
			edits = append(edits, course.Edit{At: b.at, Text: e[i].content})
		}
	}
	return course.Splice(korean, edits)
}

func generated(page string) []block {
	return slices.DeleteFunc(blocks(page), func(b block) bool { return b.source == "" })
}

// glossary reads the terms of more than one word. Others have other meanings too: a key is
// no key of a keyboard.
func glossary(root string) (map[string]string, error) {
	text, err := os.ReadFile(filepath.Join(root, "docs", "glossary.tsv"))
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	all := map[string]string{}
	for line := range strings.Lines(string(text)) {
		term, rest, _ := strings.Cut(line, "\t")
		word, _, ok := strings.Cut(rest, "\t")
		if ok && strings.Contains(term, " ") && !strings.ContainsAny(term+word, "()") {
			all[strings.ToLower(term)] = word
		}
	}
	return all, nil
}

// exemptRules reads docs/ko/polarity.txt: rules whose negations differ in Korean, each
// with the reason. A line is RULE, a tab, REASON.
func exemptRules(root string) (map[string]string, error) {
	text, err := os.ReadFile(filepath.Join(root, "docs", "ko", "polarity.txt"))
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	all := map[string]string{}
	for line := range strings.Lines(string(text)) {
		line = strings.TrimSpace(line)
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		rule, reason, ok := strings.Cut(line, "\t")
		if !ok || strings.TrimSpace(reason) == "" {
			return nil, fmt.Errorf("docs/ko/polarity.txt: %q is not RULE, a tab, REASON", line)
		}
		all[rule] = reason
	}
	return all, nil
}
