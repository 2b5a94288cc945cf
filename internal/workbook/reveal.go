package main

import (
	"context"
	"path/filepath"
	"strings"

	"example.com/authbook/internal/mark"
	"example.com/authbook/internal/workbook/course"
	"example.com/authbook/internal/workbook/term"
	"github.com/rogpeppe/go-internal/diff"
)

// reveal shows the reference of an exercise as a diff against the learner's
// text. It asks first: what is seen can't be unseen.
func reveal(ctx context.Context, s *session, args term.Arguments) error {
	ch, e, err := s.course.Exercise(args.First())
	if err != nil {
		return err
	}
	if !ch.Started {
		return term.Refuse("chapter "+ch.Name+" is not started: its files are the reference", "open "+ch.At(e))
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
	theirs, _ := course.Find(reference, e.ID)
	if theirs.Text == e.Text {
		s.ui.Say("%s is the same as the reference.", e)
		return nil
	}
	if !s.ui.Asks("Show the reference of " + e.String() + "?") {
		return term.Refuse("nothing is shown", "go tool workbook hint "+e.ID.String())
	}
	noteRevealed(s, e)
	printDiff(s.ui, e.Text, theirs.Text)
	if !args.Flags["--apply"] {
		s.ui.Label("next", "go tool workbook reveal --apply "+e.ID.String()+"   puts it in")
		return nil
	}
	return apply(ctx, s, ch, e, theirs)
}

// noteRevealed remembers that the reference was shown. The description of a
// pull request says so.
func noteRevealed(s *session, e mark.Exercise) {
	p := s.course.ReadProgress()
	if p.Revealed == nil {
		p.Revealed = map[string]bool{}
	}
	p.Revealed[e.ID.String()] = true
	s.course.Note(s.ui, p)
}

// mayApply refuses early to write where nothing can be written.
func mayApply(c *course.Course, ch *course.Chapter, args term.Arguments) error {
	if !args.Flags["--apply"] {
		return nil
	}
	return c.Writable(ch.Dir)
}

func printDiff(ui *term.UI, yours, reference string) {
	for text := range strings.Lines(string(diff.Diff("yours", []byte(yours+"\n"), "reference",
		[]byte(reference+"\n")))) {
		text = strings.TrimSuffix(text, "\n")
		switch {
		case strings.HasPrefix(text, "diff "), strings.HasPrefix(text, "@@"):
			continue
		case strings.HasPrefix(text, "+"):
			text = ui.Paint(term.Green, text)
		case strings.HasPrefix(text, "-"):
			text = ui.Paint(term.Red, text)
		}
		ui.Say("%s", text)
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
