package proof

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"

	"example.com/authbook/internal/workbook/course"
	"example.com/authbook/internal/workbook/term"
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

// bold is a text in bold.
var bold = regexp.MustCompile(`\*\*([^*]+)\*\*`)

// rulesIn returns the rules of a chapter's notes. In a table the tests may
// stand in a later cell.
func rulesIn(notes string) []rule {
	var all []rule
	number := 0
	for l := range term.Lines(notes) {
		number++
		if l.Code {
			continue
		}
		bolds := bold.FindAllStringSubmatchIndex(l.Text, -1)
		for i, at := range bolds {
			behind := l.Text[at[1]:]
			if i+1 < len(bolds) {
				behind = l.Text[at[1]:bolds[i+1][0]]
			}
			r := rule{text: l.Text[at[2]:at[3]], line: number,
				tests: testsNamed(behind, strings.HasPrefix(l.Text, "|"))}
			if len(r.tests) > 0 || isRule(r.text) {
				all = append(all, r)
			}
		}
	}
	return all
}

// isRule tells a rule from the beat of the notes and from single words.
func isRule(bold string) bool {
	return strings.HasSuffix(bold, ".") && titles["**"+bold+"**"] == ""
}

// leadingCode is the code that a text begins with, perhaps in a bracket.
var leadingCode = regexp.MustCompile("^\\s*\\(?(`[^`]+`(, )?)*")

// testName is the name of a test, as code.
var testName = regexp.MustCompile("`((?:Test|Fuzz|Example)[^`]*)`")

// testsNamed returns the names of tests at the beginning of a text, or anywhere
// in it.
func testsNamed(text string, anywhere bool) []string {
	if !anywhere {
		text = leadingCode.FindString(text)
	}
	var names []string
	for _, m := range testName.FindAllStringSubmatch(text, -1) {
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

// remarksOf reads a chapter's testdata/matrix.txt, which may be absent.
func remarksOf(ch *course.Chapter) ([]*remark, error) {
	text, err := os.ReadFile(filepath.Join(ch.Dir, "testdata", "matrix.txt"))
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
			return nil, fmt.Errorf(
				"%s/testdata/matrix.txt: %q is neither TEST unmasks NAME... nor TEST because REASON", ch.Name, line)
		}
		all = append(all, r)
	}
	return all, err
}

// holds reports whether a test is another, or has it as a subtest.
func holds(test, row string) bool {
	return row == test || strings.HasPrefix(row, test+"/")
}
