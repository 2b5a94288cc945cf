package main

import (
	"context"
	"fmt"

	"example.com/authbook/internal/text"
	"example.com/authbook/internal/workbook/course"
	"example.com/authbook/internal/workbook/term"
	"example.com/authbook/internal/workbook/vcs"
)

// list shows where the learner is. It runs no test: it trusts the last check
// as long as the text is the same.
func list(ctx context.Context, s *session, args term.Arguments) error {
	chapters, err := s.course.Chapters()
	if err != nil {
		return err
	}
	p := s.course.ReadProgress()
	if args.Flags["--markdown"] {
		listMarkdown(s.ui, chapters, p)
		return nil
	}
	g, err := vcs.Open(ctx, s.course, s.ui)
	if err != nil {
		return err
	}
	return listAll(s, g, chapters, args.First())
}

// listAll shows each chapter in a line, and the exercises of the one that is named, or
// in work.
func listAll(s *session, g *vcs.Git, chapters []*course.Chapter, named string) (err error) {
	ui, p := s.ui, s.course.ReadProgress()
	at := inWork(g, chapters, p)
	shown := at
	if named != "" {
		if shown, err = s.course.Chapter(named); err != nil {
			return err
		}
	}
	for _, ch := range chapters {
		ui.Columns("  "+ch.Name, 22, standing(g, ch, p))
	}
	ui.Say("")
	if shown != nil && !g.CutOff(shown) {
		listExercises(ui, shown, p)
		ui.Say("")
	}
	sayNext(ui, g, chapters, at, p)
	sayDue(s, g, chapters)
	return nil
}

// standing is how far a chapter is.
func standing(g *vcs.Git, ch *course.Chapter, p course.Progress) string {
	switch {
	case len(ch.Exercises) == 0:
		return text.T("to read")
	case !ch.Started && g != nil && g.HasBranch(vcs.ChapterBranch(ch)):
		return text.T("on the branch %s", vcs.ChapterBranch(ch))
	case !ch.Started:
		return text.N(len(ch.Exercises), "%[2]s  not started, %[1]d exercise", "%[2]s  not started, %[1]d exercises",
			term.Bar(0, 1))
	case g.CutOff(ch):
		return text.T("its start was cut off")
	}
	done, written := tally(ch, p)
	words := text.T("%s  %d of %d", term.Bar(done, len(ch.Exercises)), done, len(ch.Exercises))
	switch {
	case written > 0:
		words += text.T(", %d to check", written)
	case done == len(ch.Exercises) && vcs.IsOpen(g, ch):
		words += text.T(", to finish")
	case done == len(ch.Exercises):
		words += text.T(", finished")
	}
	return words
}

// tally counts the exercises that are green, and those that are written but red
// or not checked.
func tally(ch *course.Chapter, p course.Progress) (done, written int) {
	for _, e := range ch.Exercises {
		switch {
		case p.HasPassed(e):
			done++
		case !e.Blank:
			written++
		}
	}
	return done, written
}

// sayNext prints the current exercise and the command to type.
func sayNext(ui *term.UI, g *vcs.Git, chapters []*course.Chapter, ch *course.Chapter, p course.Progress) {
	if ch == nil {
		sayStart(ui, g, chapters)
		return
	}
	if g.CutOff(ch) {
		ui.Label("next", text.T("go tool workbook start %d   goes on where it was", ch.Number))
		return
	}
	if ch.Broken != nil {
		ui.Tell("→ %s", ui.Explained(ch.Broken.Error()))
		ui.Label("next", fmt.Sprintf("go tool workbook check %d", ch.Number))
		return
	}
	if e, ok := course.NextIn(ch, p); ok {
		ui.Say("→ %s, %s", ui.Paint(term.Bold, e.String()), ch.At(e))
		ui.Label("next", "go tool workbook check "+e.ID.String())
		return
	}
	ui.Say("→ chapter %d is green: commit, and ask for a review", ch.Number)
	if g != nil {
		ui.Label("next", text.T("go tool workbook pr %d   and after the review: finish %d",
			ch.Number, ch.Number))
		return
	}
	ui.Label("next", fmt.Sprintf("go tool workbook finish %d", ch.Number))
}

// sayStart proposes the first chapter that nobody has started.
func sayStart(ui *term.UI, g *vcs.Git, chapters []*course.Chapter) {
	for _, ch := range chapters {
		switch {
		case len(ch.Exercises) == 0 || ch.Started:
		case g != nil && g.HasBranch(vcs.ChapterBranch(ch)):
			if vcs.IsOpen(g, ch) {
				ui.Label("next", "git switch "+vcs.ChapterBranch(ch))
				return
			}
		default:
			ui.Label("next", fmt.Sprintf("go tool workbook start %d", ch.Number))
			return
		}
	}
	ui.Say("All chapters are finished. The server is yours: go tool workbook run")
}
