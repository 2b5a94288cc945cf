package main

import (
	"context"
	"slices"
	"time"

	"example.com/authbook/internal/mark"
	"example.com/authbook/internal/text"
	"example.com/authbook/internal/workbook/ask"
	"example.com/authbook/internal/workbook/course"
	"example.com/authbook/internal/workbook/term"
)

// quiz asks the questions of a chapter's notes that are not answered right yet.
func quiz(_ context.Context, s *session, args term.Arguments) error {
	ch, chosen, err := choose(s.course, args.First())
	if err != nil {
		return err
	}
	all, err := questionsOf(ch, chosen)
	if err != nil {
		return err
	}
	m := ask.Open(s.course)
	open, waiting := due(s.course, ch, all, m)
	switch {
	case len(chosen) == 1 && len(waiting) > 0: // whoever names an exercise wants its questions
		s.ui.Note("%s is not green yet. What you read here may tell you what to write.", chosen[0])
		askAll(s, ch, waiting, m)
	case len(open) > 0:
		askAll(s, ch, open, m)
	default:
		sayNoQuestion(s.ui, ch, len(all), waiting)
	}
	return nil
}

// questionsOf reads the questions about some exercises. What is wrong with one
// concerns its author.
func questionsOf(ch *course.Chapter, exercises []mark.Exercise) ([]ask.Noted, error) {
	all, _, err := ask.Read(ch)
	return slices.DeleteFunc(all, func(n ask.Noted) bool {
		_, ok := course.Find(exercises, n.Exercise)
		return !ok
	}), err
}

// due returns the questions that are not answered right, those that were missed
// last. Where the exercise is not green they wait: an answer may give away what
// to write. In a chapter that is not started, the files give it away already.
func due(c *course.Course, ch *course.Chapter, all []ask.Noted, m *ask.Memory) (open, waiting []ask.Noted) {
	p := c.ReadProgress()
	for _, n := range all {
		e, _ := course.Find(ch.Exercises, n.Exercise)
		switch {
		case m.Known(n.ID):
		case ch.Started && !p.HasPassed(e):
			waiting = append(waiting, n)
		default:
			open = append(open, n)
		}
	}
	slices.SortStableFunc(open, func(a, b ask.Noted) int { return m.Compare(a.ID, b.ID) })
	return open, waiting
}

// sayNoQuestion says why nothing is asked.
func sayNoQuestion(ui *term.UI, ch *course.Chapter, all int, waiting []ask.Noted) {
	switch {
	case all == 0:
		ui.Tell("%s has no question here.", ch.Name)
	case len(waiting) > 0:
		sayWaiting(ui, waiting)
	default:
		ui.Tell("%s", text.N(all, "%d question, and it is answered right.", "All %d questions are answered right."))
	}
}

func sayWaiting(ui *term.UI, waiting []ask.Noted) {
	ui.Tell("%s", text.N(len(waiting), "%d question waits until its exercise is green.",
		"%d questions wait until their exercises are green."))
	ui.Label("next", text.T("go tool workbook quiz %s   asks the questions of one exercise now", waiting[0].Exercise))
}

// askAll puts questions until they, the input or the learner's patience end.
func askAll(s *session, ch *course.Chapter, open []ask.Noted, m *ask.Memory) {
	right, answered := 0, 0
	for i, n := range open {
		e, _ := course.Find(ch.Exercises, n.Exercise)
		s.ui.Say("%s  %s", s.ui.Paint(term.Bold, text.T("Question %d of %d", i+1, len(open))), e)
		s.ui.Say("")
		a := ask.Put(s.ui, n.Question)
		ask.Explain(s.ui, n.Question, a)
		noteAnswer(s, m, n.ID, a)
		answered += count(!a.Skipped && !a.Later)
		right += count(a.Right)
		s.ui.Say("")
		if a.Later || a.Ended {
			break
		}
	}
	if answered > 0 {
		s.ui.Tell("%d of %d answers right.", right, answered)
	}
}

func count(yes bool) int {
	if yes {
		return 1
	}
	return 0
}

// noteAnswer keeps an answer, and says what "later" does.
func noteAnswer(s *session, m *ask.Memory, id string, a ask.Answer) {
	if err := m.Note(id, a, s.now()); err != nil {
		s.ui.Note("your answer can't be noted: %v", err)
	}
	if a.Later {
		s.ui.Tell("No question is offered before %s. The commands quiz and predict ask whenever you type them.",
			m.Until.Format(time.DateOnly))
	}
}

// offerQuiz says once of an exercise that is green that there are questions about it.
func offerQuiz(s *session, ch *course.Chapter, e mark.Exercise) error {
	m := ask.Open(s.course)
	if m.Told[e.ID.String()] || m.Quiet(s.now()) {
		return nil
	}
	all, err := questionsOf(ch, []mark.Exercise{e})
	if err != nil {
		return err
	}
	open, _ := due(s.course, ch, all, m)
	if len(open) == 0 {
		return nil
	}
	s.ui.Label("ask", s.ui.N(len(open), "go tool workbook quiz %[2]s   asks %[1]d question about it",
		"go tool workbook quiz %[2]s   asks %[1]d questions about it", e.ID))
	_ = m.Tell(e.ID) // where nothing can be written, it is said again
	return nil
}
