package ask

import (
	"fmt"
	"slices"
	"strings"

	"example.com/authbook/internal/workbook/course"
)

// The questions of a chapter's notes are in its testdata/questions.md:
//
//	## 2.5 constant-time
//	Kind: why
//
//	Why does `Verify` compare two MACs with `hmac.Equal`?
//
//	- [x] The time that `==` takes tells how many bytes are right.
//	- [ ] `==` can't compare two slices of bytes.
//	  > It can't, but `bytes.Equal` could: `TestHS256_Verify/…` refuses it.
//
//	> What is shown after any answer.
//
// A trace is about a run, and the run proves its key: a ```go block of
// statements, or a line "Run: curl …" below Kind. A short question has lines
// "Answer: 5" instead of choices, all of them right, and so may a trace.

// The kinds of questions.
const (
	Why   = "why"   // about understanding
	Trace = "trace" // what does it print, which status comes
	Short = "short" // a word or a number
)

// Noted is a question of a chapter's notes.
type Noted struct {
	Question
	Kind    string
	Line    int      // of its heading
	Code    string   // of a trace: statements in Go that print
	Imports []string // paths that Code needs and that can't be guessed
	Run     string   // of a trace: commands for the server, in place of Code
}

// Key is the right answer in words.
func (n Noted) Key() string {
	if len(n.Accepts) > 0 {
		return n.Accepts[0]
	}
	i := slices.IndexFunc(n.Choices, func(c Choice) bool { return c.Right })
	return n.Choices[i].Text
}

// fileName is where a chapter's questions are.
const fileName = "testdata/questions.md"

// Read returns the questions of a chapter's notes, in the reader's language, that are in order, and what is
// wrong with the others, one line each, "02-jwt-basics/testdata/questions.md:7: …".
// A chapter without the file has none.
func Read(ch *course.Chapter) (all []Noted, problems []string, err error) {
	content, err := ch.Page(fileName)
	if err != nil {
		return nil, nil, err
	}
	all, problems = parse(ch, course.WithoutStale(content))
	for i := range problems {
		problems[i] = ch.Path(fileName) + ":" + problems[i]
	}
	return all, problems, nil
}

// parse reads the text of a file. Problems begin with their line.
func parse(ch *course.Chapter, content string) (all []Noted, problems []string) {
	seen := map[string]int{}
	for _, s := range sectionsOf(content) {
		n, wrong := s.question(ch)
		if first := seen[name(n.ID)]; first > 0 {
			wrong = append(wrong, fmt.Sprintf("%d: the name %s stands in line %d too: give this one another", s.line,
				name(n.ID), first))
		}
		seen[name(n.ID)] = s.line
		if len(wrong) == 0 {
			all = append(all, n)
		}
		problems = append(problems, wrong...)
	}
	return all, problems
}

// name is the ID without the exercise.
func name(id string) string { return id[strings.LastIndexByte(id, ' ')+1:] }
