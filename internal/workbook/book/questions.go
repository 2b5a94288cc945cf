package book

import (
	"html/template"
	"net/http"
	"slices"
	"strings"

	"example.com/authbook/internal/mark"
	"example.com/authbook/internal/workbook/ask"
	"example.com/authbook/internal/workbook/course"
	"example.com/authbook/internal/workbook/gorun"
	"example.com/authbook/internal/workbook/term"
)

// question is one as the page asks it: nothing in it tells which choice is right.
type question struct {
	Page, ID string
	Text     template.HTML
	Choices  []choice // none where a word is asked for
	Known    bool     // it was answered right
	Words    map[string]string
}

type choice struct {
	Letter string
	Text   template.HTML
}

// question draws a question.
func (v view) question(q ask.Question, known bool) question {
	out := question{Page: q.Exercise.String(), ID: q.ID, Text: v.html(q.Text), Known: known, Words: words(v.ch.Language)}
	for place, at := range q.Order() {
		out.Choices = append(out.Choices, choice{ask.Letter(place), inline(v.html(q.Choices[at].Text))})
	}
	return out
}

// inline is a text of one paragraph without the paragraph, for a label.
func inline(paragraph template.HTML) template.HTML {
	return template.HTML(strings.TrimSuffix(strings.TrimPrefix(string(paragraph), "<p>"), "</p>\n"))
}

// fillQuestions puts in the questions about an exercise. While it is open they wait: an
// answer may give away what to write.
func (v view) fillQuestions(s *section, e mark.Exercise) error {
	all, err := v.noted(e)
	if s.Start == "" && s.Stage != "green" {
		if len(all) > 0 {
			s.Waiting = v.ch.N(len(all), "%d question waits until its exercise is green.",
				"%d questions wait until their exercises are green.")
		}
		return err
	}
	m := ask.Open(v.course)
	for _, n := range all {
		s.Questions = append(s.Questions, v.question(n.Question, m.Known(n.ID)))
	}
	return err
}

// noted are the questions of the notes about an exercise.
func (v view) noted(e mark.Exercise) ([]ask.Noted, error) {
	all, _, err := ask.Read(v.ch)
	return slices.DeleteFunc(all, func(n ask.Noted) bool { return n.Exercise != e.ID }), err
}

// verdict is what an answer brings.
type verdict struct {
	Right             bool
	Says              string
	Yours, Why        template.HTML
	Ran, Row, Failure string
	Fails             []string
	Hint              template.HTML
	Words             map[string]string
}

// answer takes an answer, remembers it as quiz and predict do, and explains it.
func (b *Book) answer(w http.ResponseWriter, r *http.Request, ch *course.Chapter, e mark.Exercise) {
	b.mu.Lock()
	defer b.mu.Unlock()
	v := view{Book: b, ch: ch, progress: b.course.ReadProgress()}
	p, ok := v.asked(e, r.FormValue("id"))
	if !ok {
		http.NotFound(w, r)
		return
	}
	a := p.Read(r.FormValue("said"))
	if a.Skipped || a.Later {
		b.write(w, "said", word(ch.Language, "choose"))
		return
	}
	if err := ask.Open(b.course).Note(p.ID, a, b.Now()); err != nil {
		b.Runner.Out.Note("your answer can't be noted: %v", err)
	}
	b.write(w, "verdict", v.explain(p, a))
}

// asked finds a question that the page has asked.
func (v view) asked(e mark.Exercise, id string) (ask.Made, bool) {
	if p, ok := v.predicted[spoken{v.ch.Language, id}]; ok {
		return p, true
	}
	all, err := v.noted(e)
	i := slices.IndexFunc(all, func(n ask.Noted) bool { return n.ID == id })
	if err != nil || i < 0 || v.ch.Started && !v.green(e) {
		return ask.Made{}, false
	}
	return ask.Made{Prediction: ask.Prediction{Question: all[i].Question}}, true
}

// explain says whether an answer is right, and why. Behind a prediction it shows the run.
func (v view) explain(p ask.Made, a ask.Answer) verdict {
	out := verdict{Right: a.Right, Says: v.ch.T("Right."), Why: v.html(p.Because), Ran: p.Ran, Hint: v.html(p.Hint),
		Words: words(v.ch.Language)}
	if !a.Right {
		out.Says = p.Correction(v.ch.Language)
	}
	if a.Choice >= 0 {
		out.Yours = v.html(p.Choices[a.Choice].Because)
	}
	if p.Ran != "" {
		out.Row, out.Failure = p.Row.Name, strings.Join(
			term.Shorten(v.ch.Language, gorun.Brief(v.ch.Language, p.Row.Output), 12), "\n")
	}
	out.Fails = p.Row.Caught
	return out
}

// canPredict reports whether there is something to predict. Before a table is green
// there is nothing: the rows of the reference would give it away.
func (v view) canPredict(e mark.Exercise) bool { return !e.Table || v.green(e) }

// predict runs what the question is about, and asks.
func (b *Book) predict(w http.ResponseWriter, r *http.Request, ch *course.Chapter, e mark.Exercise) {
	v := view{Book: b, ch: ch, progress: b.course.ReadProgress()}
	if !v.canPredict(e) {
		http.NotFound(w, r)
		return
	}
	runner := b.Runner.Over(b.course.In(ch.Language))
	p, err := ask.Open(b.course).Make(r.Context(), runner, ch, e, func(course.WrongAnswer) string { return "" })
	if err != nil {
		b.write(w, "said", err.Error())
		return
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	b.predicted[spoken{ch.Language, p.ID}] = p
	b.write(w, "question", v.question(p.Question, false))
}
