package lab

import (
	"encoding/json"
	"net/http"
	"os"
	"slices"
	"strings"
	"sync"

	"example.com/authbook/internal/lang"
	"example.com/authbook/internal/problem"
)

// Question is a question of a chapter's notes, with its key. Texts are in Markdown: code
// spans, blocks of code, bold.
type Question struct {
	ID       string   `json:"id"`       // 2.5 constant-time
	Exercise string   `json:"exercise"` // 2.5
	Text     string   `json:"text"`
	Choices  []Choice `json:"choices"` // as they are shown
	Accepts  []string `json:"accepts"` // right words, where there are no choices
	Because  string   `json:"because"` // shown after any answer
}

// Choice is one to choose. Because is what a wrong one stands for.
type Choice struct {
	Text    string `json:"text"`
	Because string `json:"because"`
	Right   bool   `json:"right"`
}

// asked is a question as the page gets it: nothing in it tells what is right.
type asked struct {
	ID       string   `json:"id"`
	Exercise string   `json:"exercise"`
	Text     string   `json:"text"`
	Choices  []string `json:"choices"`
}

// said is an answer of the page: the place of a choice, or a word.
type said struct {
	ID     string `json:"id"`
	Choice int    `json:"choice"`
	Word   string `json:"word"`
}

// marked is what the page gets for it. Noted is false where the answer was lost.
type marked struct {
	Right   bool   `json:"right"`
	Key     string `json:"key"`
	Yours   string `json:"yours"` // what a wrong choice stands for
	Because string `json:"because"`
	Noted   bool   `json:"noted"`
}

// quiz asks the questions, and judges the answers.
func (l *Lab) quiz(mux *http.ServeMux) {
	mux.HandleFunc("GET /lab/api/questions", func(w http.ResponseWriter, r *http.Request) {
		all := []asked{}
		for _, q := range l.config.Course.Questions[lang.Choose(w, r, false, lang.English)] {
			all = append(all, q.asked())
		}
		answer(w, all)
	})
	mux.HandleFunc("POST /lab/api/questions/predict", l.predictions.ask)
	notes := &notebook{file: l.config.Course.Answers}
	mux.HandleFunc("POST /lab/api/questions/answer", func(w http.ResponseWriter, r *http.Request) {
		var s said
		if !ask(w, r, &s) {
			return
		}
		q, ok := l.find(w, r, s.ID)
		if !ok {
			problem.Write(w, problem.New(problem.NotFound, "There is no such question."))
			return
		}
		m := q.mark(s)
		m.Noted = notes.add(s.ID, m.Right) == nil
		answer(w, m)
	})
}

// find is a question that the page asks, be it a prediction.
func (l *Lab) find(w http.ResponseWriter, r *http.Request, id string) (Question, bool) {
	in := lang.Choose(w, r, false, lang.English)
	if q, ok := l.predictions.find(in, id); ok {
		return q, true
	}
	all := l.config.Course.Questions[in]
	i := slices.IndexFunc(all, func(q Question) bool { return q.ID == id })
	if i < 0 {
		return Question{}, false
	}
	return all[i], true
}

func (q Question) asked() asked {
	a := asked{ID: q.ID, Exercise: q.Exercise, Text: q.Text}
	for _, c := range q.Choices {
		a.Choices = append(a.Choices, c.Text)
	}
	return a
}

// mark judges an answer as `workbook quiz` does. A choice that is not there is wrong.
func (q Question) mark(s said) marked {
	m := marked{Because: q.Because}
	if len(q.Choices) == 0 {
		m.Key = q.Accepts[0]
		m.Right = slices.ContainsFunc(q.Accepts, func(right string) bool { return normal(right) == normal(s.Word) })
		return m
	}
	for i, c := range q.Choices {
		if c.Right {
			m.Key, m.Right = c.Text, i == s.Choice
		}
		if i == s.Choice {
			m.Yours = c.Because
		}
	}
	return m
}

// normal is an answer without case, spaces and backticks.
func normal(word string) string {
	return strings.ReplaceAll(strings.Join(strings.Fields(strings.ToLower(word)), ""), "`", "")
}

// notebook is where `workbook run` looks for the answers: JSON, one a line.
type notebook struct {
	mu   sync.Mutex
	file string
}

func (n *notebook) add(id string, right bool) error {
	n.mu.Lock()
	defer n.mu.Unlock()
	f, err := os.OpenFile(n.file, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	defer f.Close()
	return json.NewEncoder(f).Encode(map[string]any{"id": id, "right": right})
}
