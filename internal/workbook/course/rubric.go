package course

import (
	"regexp"
	"strings"

	"example.com/authbook/internal/mark"
)

// Rubric is what docs/review/03.md says about one chapter. Its items are list
// entries that begin with an exercise:
//
//  1. **3.4 · P2** Who asks the store, and what if it does not answer?
//     - **3.8** One conditional update decides the race. (`TestStore/one_of_two`)
type Rubric struct {
	Text      string
	Questions []Question
	Praise    []Praise
}

// Question leads a learner to a point of an exercise. level is P1 to P5.
type Question struct {
	ID    mark.ID
	Level string
	Text  string
}

// Praise is what a good answer to an exercise shows, and the row that holds it. An
// item ends in that row, "(`TestRefresh/reuse`)": without one it is for readers.
type Praise struct {
	ID   mark.ID
	Text string
	Row  string
}

var heldBy = regexp.MustCompile("^(.+) \\(`(\\S+)`\\)$")

// Rubric reads the chapter's guide in the reader's language; a course without one has an
// empty rubric.
func (ch *Chapter) Rubric() (Rubric, error) {
	guide, err := ch.Page("../docs/review/" + ch.Name[:2] + ".md")
	return parseRubric(WithoutStale(guide)), err
}

var item = regexp.MustCompile(`(?m)^(?:\d+\.|-) \*\*(\d+\.\d+)(?: · (P[1-5]))?\*\* (.+(?:\n {2,}\S.*)*)`)

func parseRubric(text string) Rubric {
	r := Rubric{Text: text}
	for _, m := range item.FindAllStringSubmatch(text, -1) {
		i, ok := mark.ParseID(m[1])
		words := strings.Join(strings.Fields(m[3]), " ")
		switch {
		case !ok:
		case m[2] != "":
			r.Questions = append(r.Questions, Question{i, m[2], words})
		default:
			p := Praise{ID: i, Text: words}
			if m := heldBy.FindStringSubmatch(words); m != nil {
				p.Text, p.Row = m[1], m[2]
			}
			r.Praise = append(r.Praise, p)
		}
	}
	return r
}

// Ask is the rubric's question about an exercise.
func (r Rubric) Ask(e mark.Exercise) (Question, bool) {
	for _, q := range r.Questions {
		if q.ID == e.ID {
			return q, true
		}
	}
	return Question{}, false
}
