package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
)

// The matrix lists what holds a chapter: each rule that the notes state in
// bold, the tests they name behind it, and the wrong answers and impostors that
// these tests catch. A rule that catches nobody is a gap.
//
// What the rows can't show stands in the chapter's testdata/matrix.txt, one line
// for each test that the notes name:
//
//	TestService_account/change unmasks leaves-the-other-sessions-open
//	TestRetry because it is given: nobody writes it
//
// The first adds impostors, the second gives the reason of a gap. A test stands
// for its subtests too.

// rule is a sentence in bold and the tests that the notes name behind it.
type rule struct {
	text  string
	line  int
	tests []string
}

// rulesIn returns the rules of a chapter's notes. In a table the tests may
// stand in a later cell.
func rulesIn(notes string) []rule {
	var all []rule
	number := 0
	for l := range outsideCode(notes) {
		number++
		if l.code {
			continue
		}
		bolds := regexp.MustCompile(`\*\*([^*]+)\*\*`).FindAllStringSubmatchIndex(l.text, -1)
		for i, at := range bolds {
			behind := l.text[at[1]:]
			if i+1 < len(bolds) {
				behind = l.text[at[1]:bolds[i+1][0]]
			}
			r := rule{text: l.text[at[2]:at[3]], line: number, tests: testsNamed(behind, strings.HasPrefix(l.text, "|"))}
			if len(r.tests) > 0 || isRule(r.text) {
				all = append(all, r)
			}
		}
	}
	return all
}

// isRule tells a rule from the beat of the notes and from single words.
func isRule(bold string) bool {
	beat := []string{"Problem.", "Idea.", "Read the test.", "Seen in the wild."}
	return strings.HasSuffix(bold, ".") && !slices.Contains(beat, bold)
}

// testsNamed returns the names of tests at the beginning of a text, or anywhere
// in it.
func testsNamed(text string, anywhere bool) []string {
	if !anywhere {
		text = regexp.MustCompile("^\\s*\\(?(`[^`]+`(, )?)*").FindString(text)
	}
	var names []string
	for _, m := range regexp.MustCompile("`((?:Test|Fuzz|Example)[^`]*)`").FindAllStringSubmatch(text, -1) {
		names = append(names, m[1])
	}
	return names
}

// remark is one line of testdata/matrix.txt.
type remark struct {
	test      string
	impostors []string
	because   string
	used      bool
}

// remarks reads a chapter's testdata/matrix.txt, which may be absent.
func (ch *chapter) remarks() ([]*remark, error) {
	text, err := os.ReadFile(filepath.Join(ch.dir, "testdata", "matrix.txt"))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	var all []*remark
	for line := range strings.Lines(string(text)) {
		line = strings.TrimSpace(line)
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		test, rest, _ := strings.Cut(line, " ")
		verb, rest, _ := strings.Cut(rest, " ")
		r := &remark{test: test}
		switch {
		case verb == "unmasks" && rest != "":
			r.impostors = strings.Fields(rest)
		case verb == "because" && rest != "":
			r.because = rest
		default:
			return nil, fmt.Errorf("%s/testdata/matrix.txt: %q is neither TEST unmasks NAME... nor TEST because REASON", ch.name, line)
		}
		all = append(all, r)
	}
	return all, err
}

// holds reports whether a test is another, or has it as a subtest.
func holds(test, row string) bool {
	return row == test || strings.HasPrefix(row, test+"/")
}

// matrix prints the lists of some chapters.
func matrix(ctx context.Context, a *app, chapters []*chapter) error {
	failed := false
	for _, ch := range chapters {
		problems, err := a.matrixOf(ctx, ch)
		if err != nil {
			return err
		}
		for _, p := range problems {
			a.ui.say("%s %s", a.ui.paint(red, "✗"), p)
		}
		failed = failed || len(problems) > 0
	}
	if failed {
		return errRed
	}
	return nil
}

// matrixOf prints the list of one chapter and returns what is missing in it.
func (a *app) matrixOf(ctx context.Context, ch *chapter) ([]string, error) {
	p, clean, err := a.newProof(ctx, ch)
	if err != nil {
		return nil, err
	}
	defer clean()
	out, err := p.try(ctx, ch.reference, testRun{})
	if err != nil {
		return nil, err
	}
	if broken := p.brokenOff("the reference", out); broken != nil {
		return broken, nil
	}
	p.expected = out.rows
	problems, list, err := p.listRules()
	for _, line := range list {
		a.ui.say("%s", line)
	}
	return problems, err
}

// rulesHaveTests is the part of the matrix that may fail, for prove.
func (p *proof) rulesHaveTests(context.Context) ([]string, error) {
	problems, _, err := p.listRules()
	return problems, err
}

// listRules returns the matrix of the chapter and what is missing in it.
func (p *proof) listRules() (problems, list []string, err error) {
	notes, err := p.chapter.readNotes()
	if err != nil {
		return nil, nil, err
	}
	remarks, err := p.chapter.remarks()
	if err != nil {
		return nil, nil, err
	}
	rules := rulesIn(notes)
	list = append(list, fmt.Sprintf("%s: %s, %s, %s", p.chapter.name,
		count(len(rules), "rule"), count(len(p.answers), "wrong answer"), count(len(p.impostors()), "impostor")))
	for _, r := range rules {
		where := fmt.Sprintf("%s/README.md:%d", p.chapter.name, r.line)
		list = append(list, "", r.text+"  "+where)
		lines, lacks := p.listRule(r, remarks)
		list = append(list, lines...)
		for _, lack := range lacks {
			problems = append(problems, fmt.Sprintf("%s: %s: %s", where, r.text, lack))
		}
	}
	for _, m := range remarks {
		if !m.used {
			problems = append(problems, fmt.Sprintf("%s/testdata/matrix.txt: nothing needs the line of %s", p.chapter.name, m.test))
		}
	}
	return problems, append(list, ""), nil
}

// listRule lists one rule: its tests and whom they catch, or why they catch
// nobody.
func (p *proof) listRule(r rule, remarks []*remark) (list, lacks []string) {
	if len(r.tests) == 0 {
		lacks = append(lacks, "the notes name no test behind it")
	}
	caught := 0
	var reasons []string
	for _, test := range r.tests {
		list = append(list, "  "+test)
		if !p.hasTest(test) {
			lacks = append(lacks, "there is no test "+test)
			continue
		}
		names, unknown := p.caughtBy(test, remarks)
		for _, name := range unknown {
			lacks = append(lacks, "there is no impostor "+name)
		}
		for _, name := range names {
			list = append(list, "    "+name)
		}
		caught += len(names)
		reasons = append(reasons, test)
	}
	if caught > 0 || len(lacks) > 0 {
		return list, lacks
	}
	for _, m := range remarks {
		if m.because != "" && slices.ContainsFunc(reasons, func(test string) bool { return holds(m.test, test) }) {
			m.used = true
			return append(list, "    gap, because "+m.because), nil
		}
	}
	return append(list, "    gap"), []string{"no wrong answer and no impostor breaks it, and testdata/matrix.txt does not say why"}
}

// hasTest reports whether the reference runs a test of that name.
func (p *proof) hasTest(test string) bool {
	return slices.ContainsFunc(p.expected, func(r row) bool { return holds(test, r.name) })
}

// caughtBy names the wrong answers and impostors that fail a test, and those of
// the remarks that do not exist.
func (p *proof) caughtBy(test string, remarks []*remark) (names, unknown []string) {
	for _, w := range p.answers {
		if slices.ContainsFunc(w.fails, func(row string) bool { return holds(test, row) }) {
			names = append(names, "wrong answer "+w.short())
		}
	}
	impostors := p.impostors()
	for _, row := range p.expected {
		if name, ok := impostorIn(row.name); ok && holds(test, row.name) {
			names = append(names, "impostor "+name)
		}
	}
	for _, m := range remarks {
		if m.test != test || m.because != "" {
			continue
		}
		m.used = true
		for _, name := range m.impostors {
			if slices.Contains(impostors, name) {
				names = append(names, "impostor "+name)
			} else {
				unknown = append(unknown, name)
			}
		}
	}
	return names, unknown
}

// impostors lists the names of the chapter's impostors.
func (p *proof) impostors() []string {
	var all []string
	for _, r := range p.expected {
		if name, ok := impostorIn(r.name); ok {
			all = append(all, name)
		}
	}
	return all
}

// impostorIn reads TestScenarios/unmasks/never-expires.
func impostorIn(row string) (string, bool) {
	_, name, ok := strings.Cut(row, "/unmasks/")
	return name, ok
}
