package main

import (
	"context"
	"slices"

	"example.com/authbook/internal/mark"
	"example.com/authbook/internal/text"
	"example.com/authbook/internal/workbook/course"
	"example.com/authbook/internal/workbook/gorun"
	"example.com/authbook/internal/workbook/term"
)

// ordering is a puzzle that a learner works on.
type ordering struct {
	*session
	chapter *course.Chapter
	puzzle  course.Puzzle
}

// orderLines gives the lines of an exercise's reference to put in order, and of a
// table two cells to fill. The rows judge, so another order that they accept is
// right. It never writes into the learner's file.
func orderLines(ctx context.Context, s *session, ch *course.Chapter, e mark.Exercise) error {
	p, err := puzzleFor(s, ch, e)
	if err != nil {
		return err
	}
	o := ordering{s, ch, p}
	printPuzzle(s.ui, p)
	for {
		line := s.ui.Answer("Your answer, or Enter to leave:")
		if line == "" {
			s.ui.Label("next", "go tool workbook hint --lines "+e.ID.String())
			return nil
		}
		if right, err := o.try(ctx, line); right || err != nil {
			return err
		}
	}
}

// puzzleFor is the puzzle of an exercise, for who may have it.
func puzzleFor(s *session, ch *course.Chapter, e mark.Exercise) (course.Puzzle, error) {
	p, ok, err := ch.Puzzle(e.ID)
	if err != nil {
		return p, err
	}
	return p, mayOrder(s, ch, e, ok)
}

// mayOrder refuses before the hints are read and a first try was checked: who has
// not tried learns little from lines. Nobody tries for lines that are not there.
func mayOrder(s *session, ch *course.Chapter, e mark.Exercise, has bool) error {
	section, _, err := ch.Section(e.ID)
	if err != nil {
		return err
	}
	id, p := e.ID.String(), s.course.ReadProgress()
	switch {
	case !ch.Started:
		return term.Refuse(text.T("chapter %s is not started: its files are the reference", ch.Name),
			text.T("open %s", ch.At(e)))
	case p.HasPassed(e):
		return term.Refuse(text.T("%s is green: there is nothing to order", e), "go tool workbook reveal "+id)
	case p.Hints[id] < len(section.Hints):
		return term.Refuse(text.T("read the hints of %s first", e), "go tool workbook hint "+id)
	case !has:
		return term.Refuse(text.T("%s has too few lines to order", e), "go tool workbook reveal "+id)
	case p.Tries[id].Checks == 0:
		return term.Refuse(text.T("write a first try of %s, and check it", e), "go tool workbook check "+id)
	}
	return nil
}

// try runs the rows over what was typed.
func (o ordering) try(ctx context.Context, line string) (right bool, err error) {
	picks, problem := o.puzzle.Read(line)
	if problem != "" {
		o.ui.Say("%s", problem)
		return false, nil
	}
	version, err := o.version(ctx, picks)
	if err != nil {
		return false, err
	}
	out, err := o.runRows(ctx, o.chapter, o.puzzle.Exercise, version)
	v := gorun.Judge([]mark.Exercise{o.puzzle.Exercise}, out)[0]
	switch {
	case err != nil:
	case v.Status == gorun.Passes:
		o.noteOrdered()
		o.printRight(version, picks)
		return true, nil
	default:
		printRed(o.ui, o.chapter, v, out, o.puzzle.Exercise.File)
	}
	return false, err
}

// version is the learner's chapter with what was put together in it.
func (o ordering) version(ctx context.Context, picks []course.Pick) (course.Tree, error) {
	version, names, err := o.greenVersion(ctx, o.chapter)
	if err != nil {
		return nil, err
	}
	place, err := version.Exercise(o.puzzle.Exercise.ID)
	if err != nil {
		return nil, err
	}
	from := slices.Concat(o.puzzle.Imports, course.ImportsOf(o.chapter.Reference[o.puzzle.Exercise.File]))
	return version.Put(place, o.puzzle.Assemble(picks), from, names)
}

// runRows runs the rows of an exercise over a version of its chapter.
func (s *session) runRows(ctx context.Context, ch *course.Chapter, e mark.Exercise,
	version course.Tree) (gorun.Outcome, error) {
	dir, clean, err := course.NewScratch()
	if err != nil {
		return gorun.Outcome{}, err
	}
	defer clean()
	overlay, err := s.course.WriteOverlay(dir.Folder(), map[*course.Chapter]course.Tree{ch: version})
	if err != nil {
		return gorun.Outcome{}, err
	}
	defer s.ui.Progress("running the rows")()
	return s.runner.TestThrough(ctx, gorun.TestRun{Chapter: ch.Name, Only: e.Tests, Overlay: overlay,
		Limit: s.runner.Limit})
}

// noteOrdered remembers that the lines were ordered, which is less than the reference
// seen. The description of a pull request says so.
func (o ordering) noteOrdered() {
	o.course.Note(o.ui, func(p *course.Progress) {
		if p.Ordered == nil {
			p.Ordered = map[string]bool{}
		}
		p.Ordered[o.puzzle.Exercise.ID.String()] = true
	})
}
