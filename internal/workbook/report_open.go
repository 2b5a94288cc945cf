package main

import (
	"example.com/authbook/internal/mark"
	"example.com/authbook/internal/workbook/course"
	"example.com/authbook/internal/workbook/gorun"
	"example.com/authbook/internal/workbook/term"
)

// printNotGreen shows what an exercise lacks, and what to type.
func printNotGreen(s *session, ch *course.Chapter, v gorun.Verdict) error {
	answers, err := ch.WrongAnswers()
	if err != nil {
		return err
	}
	place := v.Awaited(ch)
	section, hasNotes, err := ch.Section(place.ID)
	if err != nil {
		return err
	}
	d, known := gorun.Diagnose(s.ui.Language, v, answers)
	s.ui.Say("%s", gorun.InWords(s.ui.Language, s.ui.Paint(term.Bold, v.Exercise.String()), v))
	printRowsOf(s.ui, v, d)
	s.ui.Label("edit", ch.At(place))
	if err := printRead(s.ui, ch, place.ID); err != nil {
		return err
	}
	switch {
	case known:
		s.ui.Prose("hint", term.Unwrap(d.Hint))
		if ch.Started {
			noteTold(s, v.Exercise, d.From)
		}
	case v.Status == gorun.Fails && !v.Exercise.Table && hasNotes:
		printFirstHint(s, ch, v, section)
	}
	s.ui.Label("next", nextFor(s.ui, v, place.ID))
	return nil
}

// nextFor is what to type about an exercise that is not green.
func nextFor(ui *term.UI, v gorun.Verdict, place mark.ID) string {
	switch v.Status {
	case gorun.Waits:
		return "go tool workbook check " + place.String()
	case gorun.Blank:
		return ui.T("go tool workbook hint %s   hint 0 %[1]s tells the task", v.Exercise.ID)
	}
	return "go tool workbook hint " + v.Exercise.ID.String()
}

// printFirstHint says that the workbook knows no such mistake, and gives the first
// hint of the notes. A table needs none: its rows say what is wrong.
func printFirstHint(s *session, ch *course.Chapter, v gorun.Verdict, section course.Section) {
	if len(section.Hints) == 0 {
		return
	}
	s.ui.Prose("note", s.ui.T("No hint fits these rows. Look at this one alone: it says what it expects, and why."))
	s.ui.Prose("hint 1", term.Unwrap(section.Hints[0]))
	if id := v.Exercise.ID.String(); ch.Started {
		s.course.Note(s.ui, func(p *course.Progress) { p.Hints[id] = max(p.Hints[id], 1) })
	}
}

// printRowsOf shows the row to look at, or which rows there are.
func printRowsOf(ui *term.UI, v gorun.Verdict, d gorun.Diagnosis) {
	switch {
	case v.Status == gorun.Fails:
		printRows(ui, v.RedFrom(d.Row), v.Exercise.Table)
	case v.Status == gorun.Blank:
		printNames(ui, "rows", gorun.Names(v.Rows))
	case v.Status == gorun.Waits && v.Failing[0].Blames != "":
		printNames(ui, "rows", gorun.Names(v.Failing))
	}
}
