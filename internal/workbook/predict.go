package main

import (
	"context"
	"slices"

	"example.com/authbook/internal/mark"
	"example.com/authbook/internal/text"
	"example.com/authbook/internal/workbook/ask"
	"example.com/authbook/internal/workbook/course"
	"example.com/authbook/internal/workbook/gorun"
	"example.com/authbook/internal/workbook/term"
)

// predict asks what a wrong answer does, runs it, and shows what it did. Of a table it
// asks which of the learner's rows unmasks an impostor.
func predict(ctx context.Context, s *session, args term.Arguments) error {
	m := ask.Open(s.course)
	ch, e, err := predicted(s.course, m, args.First())
	if err != nil {
		return err
	}
	if e.Table {
		all, err := aboutTable(ctx, s, ch, e)
		if err != nil {
			return err
		}
		if len(all) > 0 {
			predictWhom(s, m, e, all)
			return nil
		}
	}
	return predictMistake(ctx, s, m, ch, e)
}

// predicted is the exercise that the learner names, the one that is worked on, or the
// one that is green and due. A table has nothing to ask before it is green.
func predicted(c *course.Course, m *ask.Memory, word string) (*course.Chapter, mark.Exercise, error) {
	if word != "" {
		return c.Exercise(word)
	}
	p := c.ReadProgress()
	ch, e, err := hinted(c, "")
	if err == nil && (!e.Table || p.HasPassed(e)) {
		return ch, e, nil
	}
	return greenAndDue(c, p, m)
}

// greenAndDue is the first exercise that is green and that nothing was predicted of.
func greenAndDue(c *course.Course, p course.Progress, m *ask.Memory) (*course.Chapter, mark.Exercise, error) {
	ch, e, err := dueOf(c, p, func(id mark.ID) bool { return !m.Predicted(id) })
	if err == nil && ch == nil {
		err = term.Refuse(text.T("no exercise of yours is due"),
			text.T("go tool workbook predict 1.1   asks about that one"))
	}
	return ch, e, err
}

// dueOf is the first exercise that is green and due; no chapter where none is.
func dueOf(
	c *course.Course, p course.Progress, isDue func(mark.ID) bool,
) (*course.Chapter, mark.Exercise, error) {
	chapters, err := c.Chapters()
	for _, ch := range chapters {
		for _, e := range ch.Exercises {
			if ch.Started && p.HasPassed(e) && isDue(e.ID) {
				return ch, e, nil
			}
		}
	}
	return nil, mark.Exercise{}, err
}

// predictMistake asks about the wrong answer of an exercise that is due.
func predictMistake(ctx context.Context, s *session, m *ask.Memory, ch *course.Chapter, e mark.Exercise) error {
	w, of, err := m.Mistake(ch, e)
	if err != nil {
		return err
	}
	s.ui.Say("%s, %s", s.ui.Paint(term.Bold, e.String()), ch.At(e))
	v, err := ask.Run(ctx, s.runner, ch, w)
	if err != nil {
		return err
	}
	p := ask.Predict(ch.Language, w, v, diffIfGreen(s.course, ch, e, w))
	if predictOne(s, m, p) {
		showMistake(s.ui, p, w, v)
		s.ui.Label("next", text.N(of, "go tool workbook predict %[2]s   asks it again",
			"go tool workbook predict %[2]s   asks about another of %[1]d wrong answers", e.ID))
	}
	return nil
}

// diffIfGreen is a wrong answer beside the reference, for those who have written the
// exercise.
func diffIfGreen(c *course.Course, ch *course.Chapter, e mark.Exercise, w course.WrongAnswer) string {
	reference, err := ch.Reference.Exercise(e.ID)
	if err != nil || !ch.Started || !c.ReadProgress().HasPassed(e) {
		return ""
	}
	return w.Diff(reference)
}

// predictOne puts a question, and reports whether it was answered.
func predictOne(s *session, m *ask.Memory, p ask.Prediction) bool {
	s.ui.Say("")
	a := ask.Put(s.ui, p.Question)
	noteAnswer(s, m, p.ID, a)
	ask.Explain(s.ui, p.Question, a)
	return !a.Skipped && !a.Later
}

// showMistake shows what a wrong answer did.
func showMistake(ui *term.UI, p ask.Prediction, w course.WrongAnswer, v gorun.Verdict) {
	if failed := slices.Sorted(slices.Values(gorun.Names(v.Failing))); !slices.Equal(failed, w.Fails) {
		ui.Note("%s names other rows. The run counts.", w.File)
	}
	ui.Label("ran", text.T("%d of %d rows fail", len(v.Failing), len(v.Rows)))
	ui.Label("row", p.Row.Name)
	printOutput(ui, gorun.Brief(ui.Language, p.Row.Output), 8)
	ui.Prose("hint", term.Unwrap(w.Hint))
}

// aboutTable are the questions about a table, one for each impostor. Before it is green
// there are none: the rows of the reference would give it away.
func aboutTable(ctx context.Context, s *session, ch *course.Chapter, e mark.Exercise) ([]ask.Prediction, error) {
	if ch.Started && !s.course.ReadProgress().HasPassed(e) {
		return nil, term.Refuse(text.T("%s is a table: this is about your own rows, once they are green", e),
			"go tool workbook check "+e.ID.String())
	}
	v, err := s.runner.Try(ctx, ch, e)
	return ask.Whoms(ch.Language, v), err
}

// predictWhom asks about an impostor, and shows which rows unmask it.
func predictWhom(s *session, m *ask.Memory, e mark.Exercise, all []ask.Prediction) {
	p := m.Due(all)
	s.ui.Say("%s", s.ui.Paint(term.Bold, e.String()))
	if !predictOne(s, m, p) {
		return
	}
	printList(s.ui, "fails", p.Row.Caught)
	if p.Row.Seen != "" {
		s.ui.Prose("seen", p.Row.Seen)
	}
	s.ui.Label("next", text.N(len(all), "go tool workbook predict %[2]s   asks it again",
		"go tool workbook predict %[2]s   asks about another of %[1]d impostors", e.ID))
}
