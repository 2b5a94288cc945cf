package main

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"

	"example.com/authbook/internal/mark"
)

// rubric is what docs/review/03.md says about one chapter. Its items are list
// entries that begin with an exercise:
//
//  1. **3.4 · P2** Who asks the store, and what if it does not answer?
//     - **3.8** One conditional update decides the race.
type rubric struct {
	text      string
	questions []question
	praise    []praise
}

// question leads a learner to a point of an exercise. level is P1 to P5.
type question struct {
	id    mark.ID
	level string
	text  string
}

// praise is what a good answer to an exercise shows.
type praise struct {
	id   mark.ID
	text string
}

// rubricFile is where the guide for a chapter's reviewers is.
func (c *course) rubricFile(ch *chapter) string {
	return filepath.Join(c.root, "docs", "review", ch.name[:2]+".md")
}

// rubric reads the guide; a course without one has an empty rubric.
func (c *course) rubric(ch *chapter) (rubric, error) {
	text, err := os.ReadFile(c.rubricFile(ch))
	if errors.Is(err, fs.ErrNotExist) {
		return rubric{}, nil
	}
	return parseRubric(strings.ReplaceAll(string(text), "\r\n", "\n")), err
}

var item = regexp.MustCompile(`(?m)^(?:\d+\.|-) \*\*(\d+\.\d+)(?: · (P[1-5]))?\*\* (.+(?:\n {2,}\S.*)*)`)

func parseRubric(text string) rubric {
	r := rubric{text: text}
	for _, m := range item.FindAllStringSubmatch(text, -1) {
		i, ok := mark.ParseID(m[1])
		words := strings.Join(strings.Fields(m[3]), " ")
		switch {
		case !ok:
		case m[2] != "":
			r.questions = append(r.questions, question{i, m[2], words})
		default:
			r.praise = append(r.praise, praise{i, words})
		}
	}
	return r
}

// ask is the rubric's question about an exercise.
func (r rubric) ask(e mark.Exercise) (question, bool) {
	for _, q := range r.questions {
		if q.id == e.ID {
			return q, true
		}
	}
	return question{}, false
}
