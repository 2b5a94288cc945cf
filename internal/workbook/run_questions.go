package main

import (
	"encoding/json"
	"os"
	"strings"

	"example.com/authbook/internal/workbook/ask"
	"example.com/authbook/internal/workbook/course"
)

// labQuestion is a question for the lab, which may not import the engine:
// final/internal/lab has the same members. Its choices stand as quiz shows them.
type labQuestion struct {
	ID       string      `json:"id"`
	Exercise string      `json:"exercise"`
	Text     string      `json:"text"`
	Choices  []labChoice `json:"choices"`
	Accepts  []string    `json:"accepts"`
	Because  string      `json:"because"`
}

type labChoice struct {
	Text    string `json:"text"`
	Because string `json:"because"`
	Right   bool   `json:"right"`
}

// labQuestions are the questions that quiz would ask now. Of an exercise that is not green
// the lab knows none.
func labQuestions(c *course.Course) ([]labQuestion, error) {
	chapters, err := c.Chapters()
	if err != nil {
		return nil, err
	}
	list, m := []labQuestion{}, ask.Open(c)
	for _, ch := range chapters {
		all, err := questionsOf(ch, ch.Exercises)
		if err != nil {
			return nil, err
		}
		open, _ := due(c, ch, all, m)
		for _, n := range open {
			list = append(list, forLab(n.Question))
		}
	}
	return list, nil
}

func forLab(q ask.Question) labQuestion {
	out := labQuestion{ID: q.ID, Exercise: q.Exercise.String(), Text: q.Text, Accepts: q.Accepts, Because: q.Because}
	for _, at := range q.Order() {
		c := q.Choices[at]
		out.Choices = append(out.Choices, labChoice{c.Text, c.Because, c.Right})
	}
	return out
}

// noteLab remembers what was answered in the lab, once its server has ended.
func noteLab(s *session, answers string) {
	lines, err := os.ReadFile(answers)
	if err != nil {
		return // nobody has answered
	}
	m, right, answered := ask.Open(s.course), 0, 0
	for line := range strings.Lines(string(lines)) {
		var a struct {
			ID    string
			Right bool
		}
		if json.Unmarshal([]byte(line), &a) != nil {
			continue // of a server that was killed while it wrote
		}
		noteAnswer(s, m, a.ID, ask.Answer{Choice: -1, Right: a.Right})
		answered++
		right += count(a.Right)
	}
	s.ui.Tell("%d of %d answers right.", right, answered)
}
