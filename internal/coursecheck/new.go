package main

import (
	"context"
	"fmt"
	"go/token"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"

	"example.com/authbook/internal/mark"
	"example.com/authbook/internal/workbook/course"
	"example.com/authbook/internal/workbook/term"
)

// newExercise writes the skeleton of an exercise: code, test, wrong answer, a
// section of the notes and the lines of the two tables. The rows and the wrong
// answer say what is to be written; until then prove names it.
func newExercise(_ context.Context, ui *term.UI, args term.Arguments) error {
	c, err := course.Open(".")
	if err != nil {
		return err
	}
	s, err := newSkeleton(c, args.Words[0], args.Words[1])
	if err != nil {
		return err
	}
	files, err := s.files(c)
	if err != nil {
		return err
	}
	for _, f := range files {
		if err := c.Write(f.path, f.text); err != nil {
			return err
		}
		ui.Say("wrote %s", f.path)
	}
	ui.Say("\nnext: write what is marked TODO, then go tool coursecheck prove %d", s.id.Chapter)
	return nil
}

// skeleton is an exercise that does not exist yet.
type skeleton struct {
	chapter *course.Chapter
	id      mark.ID
	name    string // "NoStore"
}

// newSkeleton refuses what would break the chapter: a number that is not the
// next one, and a name that Go or the chapter does not take.
func newSkeleton(c *course.Course, number, name string) (skeleton, error) {
	id, ok := mark.ParseID(number)
	if !ok {
		return skeleton{}, term.UsageError{Text: fmt.Sprintf("%q is no number of an exercise, such as 1.11", number)}
	}
	if !token.IsIdentifier(name) || !token.IsExported(name) {
		return skeleton{}, term.UsageError{Text: fmt.Sprintf("%q is no name of an exported function, such as NoStore", name)}
	}
	ch, err := c.Chapter(fmt.Sprint(id.Chapter))
	if err != nil {
		return skeleton{}, err
	}
	if ch.Started {
		return skeleton{}, term.Refuse(ch.Name+" is started: its reference is not what is on disk",
			"work in a clone where it is not started")
	}
	if next := len(ch.Exercises) + 1; id.Number != next {
		return skeleton{}, term.Refuse(fmt.Sprintf("the next exercise of %s is %d.%d", ch.Name, id.Chapter, next))
	}
	return skeleton{ch, id, name}, nil
}

// file is a text to write, by its absolute path.
type file struct{ path, text string }

// files returns all that is to be written. Nothing that exists is replaced but
// the two pages, which get lines more.
func (s skeleton) files(c *course.Course) ([]file, error) {
	base := strings.ToLower(s.name)
	in := func(name string) string { return filepath.Join(s.chapter.Dir, name) }
	all := []file{
		{in(base + ".go"), s.fill(codeSkeleton)},
		{in(base + "_test.go"), s.fill(testSkeleton)},
		{in(filepath.Join("testdata", "wrong", s.id.String()+"-todo.diff")), s.fill(wrongSkeleton)},
	}
	for _, f := range all {
		if _, err := os.Stat(f.path); err == nil {
			return nil, term.Refuse(f.path + " is there already")
		}
	}
	notes, err := s.page(in("README.md"), s.addToNotes)
	if err != nil {
		return nil, err
	}
	curriculum, err := s.page(filepath.Join(c.Root, "docs", "curriculum.md"), s.addToCurriculum)
	if os.IsNotExist(err) {
		return append(all, notes), nil
	}
	return append(all, notes, curriculum), err
}

// page returns a page with more lines.
func (s skeleton) page(path string, add func(string) string) (file, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return file{}, err
	}
	return file{path, add(string(text))}, nil
}

// addToNotes puts a line behind the last one of the table of exercises, and the
// section behind that of the exercise before.
func (s skeleton) addToNotes(text string) string {
	text = s.behind(text, tableLine, s.fill("| [ID](#ANCHOR) | TODO | TODO |\n"))
	return s.behind(text, section, s.fill(notesSkeleton))
}

func (s skeleton) addToCurriculum(text string) string {
	return s.behind(text, curriculumLine, s.fill("| ID `NAME` | TODO | TODO | – | 10 | 1 |\n"))
}

// The places of an exercise. The group is the number of its chapter.
var (
	tableLine      = regexp.MustCompile(`(?m)^\| \[(\d+)\.\d+\]\(#[^\n]*\n`)
	section        = regexp.MustCompile(`(?m)^##+ (\d+)\.\d+ [^\n]*\n(?:(?:[^#\n][^\n]*)?\n)*`)
	curriculumLine = regexp.MustCompile(`(?m)^\| (\d+)\.\d+ [^\n]*\n`)
)

// behind puts more behind the last place of the chapter, or at the end.
func (s skeleton) behind(text string, place *regexp.Regexp, more string) string {
	at := len(text)
	for _, m := range place.FindAllStringSubmatchIndex(text, -1) {
		if text[m[2]:m[3]] == strconv.Itoa(s.id.Chapter) {
			at = m[1]
		}
	}
	return text[:at] + more + text[at:]
}

// fill puts what is known into a template.
func (s skeleton) fill(template string) string {
	return strings.NewReplacer(
		"ANCHOR", strings.ReplaceAll(s.id.String(), ".", "")+"-"+strings.ToLower(s.name),
		"PACKAGE", packageOf(s.chapter), "NAME", s.name, "ID", s.id.String(),
	).Replace(template)
}

var packageLine = regexp.MustCompile(`(?m)^package (\w+)$`)

// packageOf is the package of the chapter's code.
func packageOf(ch *course.Chapter) string {
	for name, text := range ch.Disk {
		if found := packageLine.FindStringSubmatch(text); found != nil && !strings.HasSuffix(name, "_test.go") {
			return found[1]
		}
	}
	return strings.TrimLeft(ch.Name, "0123456789-")
}

const codeSkeleton = `package PACKAGE

// NAME TODO: say what it does, and what a caller must know.
//
//workbook:exercise ID
func NAME() {}
`

const testSkeleton = `package PACKAGE

import (
	"testing"

	"example.com/authbook/internal/exercise"
)

func TestNAME(t *testing.T) {
	type row struct{ name, why string }
	exercise.Rows(t, "ID", []row{
		{"TODO: what holds", "TODO: why it matters"},
	}, func(t *testing.T, row row) {
		NAME()
		t.Errorf("TODO: compare what came with what is right: %s", row.why)
	})
}
`

const wrongSkeleton = `Wrong: TODO: what is wrong, in one sentence.

Hint: TODO: a question that leads to it.

Fails:
  - TestNAME/TODO:_what_holds

@@
-TODO: lines of NAME
+TODO: the wrong ones
`

const notesSkeleton = `### ID NAME

TODO: the task.

<details><summary>Hint 1</summary>

TODO: where to look.

</details>
<details><summary>Hint 2</summary>

TODO: the idea.

</details>
<details><summary>Hint 3</summary>

TODO: nearly the answer.

</details>
<details><summary>When it is green</summary>

**Why so.** TODO: why the reference is written so, in two sentences.

**Another way.** TODO: one other right way, and its price.

</details>

`
