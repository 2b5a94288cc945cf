package main

import (
	"context"
	"path/filepath"
	"strings"

	"example.com/authbook/internal/mark"
	"example.com/authbook/internal/text"
	"example.com/authbook/internal/workbook/course"
	"example.com/authbook/internal/workbook/term"
	"github.com/rogpeppe/go-internal/diff"
)

// reveal shows the reference of an exercise as a diff against the learner's
// text, and why it is written so. Before the exercise is green it asks first: what
// is seen can't be unseen.
func reveal(ctx context.Context, s *session, args term.Arguments) error {
	ch, e, err := s.course.Exercise(args.First())
	if err != nil {
		return err
	}
	if !ch.Started {
		return term.Refuse(text.T("chapter %s is not started: its files are the reference", ch.Name),
			text.T("open %s", ch.At(e)))
	}
	if ch.Broken != nil {
		return ch.Broken
	}
	if err := mayApply(s.course, ch, args); err != nil {
		return err
	}
	reference, err := ch.Reference.Exercises()
	if err != nil {
		return err
	}
	section, _, err := ch.Section(e.ID)
	if err != nil {
		return err
	}
	theirs, _ := course.Find(reference, e.ID)
	if theirs.Text == e.Text {
		s.ui.Say("%s is the same as the reference.", e)
		printWhy(s.ui, section.After)
		return nil
	}
	if s.course.ReadProgress().HasPassed(e) && !args.Flags["--apply"] {
		s.ui.Say("%s is green. The reference beside your text:\n", s.ui.Paint(term.Bold, e.String()))
		printDiff(s.ui, e.Text, theirs.Text)
		printWhy(s.ui, section.After)
		return nil
	}
	return revealOpen(ctx, s, args, revealed{ch, e, theirs, section.After})
}

// revealed is what reveal shows.
type revealed struct {
	chapter         *course.Chapter
	yours, original mark.Exercise
	after           course.After
}

// revealOpen asks, and shows the reference of an exercise that is not green, or
// puts it in.
func revealOpen(ctx context.Context, s *session, args term.Arguments, r revealed) error {
	if !s.ui.Asks("Show the reference of %s?", r.yours) {
		return term.Refuse(text.T("nothing is shown"), "go tool workbook hint "+r.yours.ID.String())
	}
	noteRevealed(s, r.yours)
	printDiff(s.ui, r.yours.Text, r.original.Text)
	printWhy(s.ui, r.after)
	if !args.Flags["--apply"] {
		s.ui.Label("next", text.T("go tool workbook reveal --apply %s   puts it in", r.yours.ID))
		return nil
	}
	return apply(ctx, s, r.chapter, r.yours, r.original)
}

// noteRevealed remembers that the reference was shown. The description of a
// pull request says so.
func noteRevealed(s *session, e mark.Exercise) {
	s.course.Note(s.ui, func(p *course.Progress) {
		if p.Revealed == nil {
			p.Revealed = map[string]bool{}
		}
		p.Revealed[e.ID.String()] = true
	})
}

// mayApply refuses early to write where nothing can be written.
func mayApply(c *course.Course, ch *course.Chapter, args term.Arguments) error {
	if !args.Flags["--apply"] {
		return nil
	}
	return c.Writable(ch.Dir)
}

func printDiff(ui *term.UI, yours, reference string) {
	for line := range strings.Lines(string(diff.Diff(text.T("yours"), []byte(yours+"\n"), text.T("reference"),
		[]byte(reference+"\n")))) {
		line = strings.TrimSuffix(line, "\n")
		switch {
		case strings.HasPrefix(line, "diff "), strings.HasPrefix(line, "@@"):
			continue
		case strings.HasPrefix(line, "+"):
			line = ui.Paint(term.Green, line)
		case strings.HasPrefix(line, "-"):
			line = ui.Paint(term.Red, line)
		}
		ui.Say("%s", line)
	}
}

// apply puts the reference of one exercise in place of the learner's text.
func apply(ctx context.Context, s *session, ch *course.Chapter, e, theirs mark.Exercise) error {
	names, err := course.NamesOf(ctx, s.course.Root, ch.Reference)
	if err != nil {
		return err
	}
	changed, err := ch.Disk.Put(e, theirs.Text, course.ImportsOf(ch.Reference[theirs.File]), names)
	if err != nil {
		return err
	}
	return s.course.Replace(s.ui, filepath.Join(ch.Dir, e.File), changed[e.File])
}
