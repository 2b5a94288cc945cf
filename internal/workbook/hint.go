package main

import (
	"context"

	"example.com/authbook/internal/mark"
	"example.com/authbook/internal/text"
	"example.com/authbook/internal/workbook/course"
	"example.com/authbook/internal/workbook/gorun"
	"example.com/authbook/internal/workbook/term"
)

// hint gives one hint more, the task of the exercise, or its lines.
func hint(ctx context.Context, s *session, args term.Arguments) error {
	word, asksTask, err := readRung(args)
	if err != nil {
		return err
	}
	ch, e, err := hinted(s.course, word)
	if err != nil {
		return err
	}
	s.ui.Say("%s, %s", s.ui.Paint(term.Bold, e.String()), ch.At(e))
	switch {
	case asksTask:
		return sayTask(s, ch, e)
	case args.Flags["--lines"]:
		return orderLines(ctx, s, ch, e)
	}
	return hintOf(ctx, s, ch, e)
}

// hintOf gives one hint more. A mistake that the failing rows give away comes
// first, and once, in check or here: its hint fits better than any that was
// written for everybody.
func hintOf(ctx context.Context, s *session, ch *course.Chapter, e mark.Exercise) error {
	last := gorun.Row{}
	if ch.Started && !e.Blank && ch.Broken == nil {
		v, err := s.runner.Try(ctx, ch, e)
		if err != nil {
			return err
		}
		answers, err := ch.WrongAnswers()
		if err != nil {
			return err
		}
		last, _ = gorun.Blind(v)
		if v.Status == gorun.Waits {
			s.ui.Prose("note", gorun.InWords(s.ui.Language, e.String(), v)+".")
			s.ui.Label("first", "go tool workbook hint "+v.Awaited(ch).ID.String())
		}
		if d, ok := gorun.Diagnose(s.ui.Language, v, answers); ok &&
			s.course.ReadProgress().Told[e.ID.String()] != d.From.File {
			s.ui.Label("row", d.Row.Name)
			s.ui.Prose("yours", term.Unwrap(d.Hint))
			s.ui.Label("next", text.T("go tool workbook hint %s   gives a general one", e.ID))
			noteTold(s, e, d.From)
			return nil
		}
	}
	if err := nextHint(s, ch, e); err != nil {
		return err
	}
	if name, ok := gorun.ImpostorIn(last.Name); ok && s.course.ReadProgress().Hints[e.ID.String()] >= 2 {
		s.ui.Prose("last", name+": "+last.Did)
	}
	return nil
}

// hinted is the exercise that the learner names, or the current one.
func hinted(c *course.Course, word string) (*course.Chapter, mark.Exercise, error) {
	if word != "" {
		return c.Exercise(word)
	}
	ch, err := current(c)
	if err != nil {
		return nil, mark.Exercise{}, err
	}
	p := c.ReadProgress()
	if i, ok := mark.ParseID(p.Current); ok {
		if e, ok := course.Find(ch.Exercises, i); ok {
			return ch, e, nil
		}
	}
	e, ok := course.NextIn(ch, p)
	if !ok {
		return nil, e, term.Refuse(text.T("chapter %d is green: there is nothing to hint at", ch.Number))
	}
	return ch, e, nil
}

// noteTold notes whose hint the learner has read.
func noteTold(s *session, e mark.Exercise, w course.WrongAnswer) {
	s.course.Note(s.ui, func(p *course.Progress) { p.Told[e.ID.String()], p.Current = w.File, e.ID.String() })
}

// nextHint prints the next hint of the notes; after the last, all of them.
func nextHint(s *session, ch *course.Chapter, e mark.Exercise) error {
	section, ok, err := ch.Section(e.ID)
	if err != nil {
		return err
	}
	if !ok || len(section.Hints) == 0 {
		s.ui.Say("  The notes have no hint for %s yet.", e.ID)
		return nil
	}
	seen := s.course.ReadProgress().Hints[e.ID.String()]
	if seen >= len(section.Hints) {
		showHints(s.ui, section, 0, len(section.Hints))
		return afterHints(s, ch, e)
	}
	showHints(s.ui, section, seen, seen+1)
	s.course.Note(s.ui, func(p *course.Progress) { p.Hints[e.ID.String()], p.Current = seen+1, e.ID.String() })
	if seen+1 < len(section.Hints) {
		return nil
	}
	return afterHints(s, ch, e)
}

// afterHints names what helps when the last hint does not: the lines, behind a first
// try, and where there are none the reference.
func afterHints(s *session, ch *course.Chapter, e mark.Exercise) error {
	ui, p := s.ui, s.course.ReadProgress()
	_, ok, err := ch.Puzzle(e.ID)
	switch {
	case err != nil:
		return err
	case !ok || !ch.Started || p.HasPassed(e):
		ui.Label("next", text.T("go tool workbook reveal %s   shows the reference", e.ID))
	case p.Tries[e.ID.String()].Checks == 0:
		ui.Label("next", text.T("go tool workbook check %s   checks a first try; hint --lines comes after it", e.ID))
	case e.Table:
		ui.Label("next", text.T("go tool workbook hint --lines %s   leaves two cells of a row to you", e.ID))
	default:
		ui.Label("next", text.T("go tool workbook hint --lines %s   gives its lines to put in order", e.ID))
	}
	return nil
}

func showHints(ui *term.UI, section course.Section, from, to int) {
	for i := from; i < to; i++ {
		ui.Prose(text.Key(text.T("%d of %d", i+1, len(section.Hints))), term.Unwrap(section.Hints[i]))
	}
}
