package main

import (
	"bytes"
	"context"
	"strings"

	"example.com/authbook/internal/mark"
	"example.com/authbook/internal/text"
	"example.com/authbook/internal/workbook/course"
	"example.com/authbook/internal/workbook/term"
)

// read prints the notes a step at a time: what leads to an exercise, and its task.
// For a chapter it prints the opening and the contents, and for nothing the step of the learner.
func read(_ context.Context, s *session, args term.Arguments) error {
	word := args.First()
	if word != "" && !strings.Contains(word, ".") {
		ch, err := s.course.Chapter(word)
		if err != nil {
			return err
		}
		return s.ui.Paged(func() error { return readContents(s, ch) })
	}
	ch, e, err := hinted(s.course, word)
	if err != nil {
		return err
	}
	return s.ui.Paged(func() error { return readStep(s, ch, e) })
}

// readStep prints the step of an exercise, and what comes after reading.
func readStep(s *session, ch *course.Chapter, e mark.Exercise) error {
	contents, err := ch.Contents()
	if err != nil {
		return err
	}
	step, ok := contents.Step(e.ID)
	if !ok {
		return term.Refuse(text.T("the notes have no section for %s", e), text.T("open %s", ch.Name+"/README.md"))
	}
	s.ui.Width = min(s.ui.Width, term.PageWidth)
	s.ui.Page(step.Text)
	s.ui.Say("")
	s.ui.Label("hints", text.T("go tool workbook hint %s   gives one of %d", e.ID, step.Hints))
	s.ui.Label("edit", ch.At(e))
	sayNextStep(s.ui, ch, contents, step)
	return nil
}

// sayNextStep names the step behind one, and behind the last what else there is to read.
func sayNextStep(ui *term.UI, ch *course.Chapter, c course.Contents, step course.Step) {
	last := len(c.Steps) - 1
	for i, other := range c.Steps[:last] {
		if other.ID == step.ID {
			ui.Label("then", "go tool workbook read "+c.Steps[i+1].ID.String())
		}
	}
	if c.Steps[last].ID == step.ID {
		sayRest(ui, ch, c)
	}
}

// sayRest names what stands behind the last exercise.
func sayRest(ui *term.UI, ch *course.Chapter, c course.Contents) {
	if rest := restOf(ch, c); rest != "" {
		ui.Prose("then", rest)
	}
}

// readContents prints the opening of a chapter, what it has to read, and the minutes of each exercise.
func readContents(s *session, ch *course.Chapter) error {
	c, err := ch.Contents()
	if err != nil {
		return err
	}
	p := s.course.ReadProgress()
	s.ui.Say("%s", s.ui.Paint(term.Bold, c.Title))
	s.ui.Say("")
	if c.Opening != "" {
		s.ui.Width = min(s.ui.Width, term.PageWidth)
		s.ui.Page(c.Opening)
		s.ui.Say("")
	}
	minutes := listSteps(s.ui, ch, c, p)
	s.ui.Say("")
	s.ui.Tell("%s%s. %s", exercisesOf(s.ui.Language, len(ch.Exercises)), minutesOf(s.ui.Language, minutes), restOf(ch, c))
	if len(ch.Exercises) > 0 {
		s.ui.Label("read", "go tool workbook read "+nextToRead(ch, p).String())
	}
	return nil
}

// listSteps prints a line for each exercise, and returns the minutes of all.
func listSteps(ui *term.UI, ch *course.Chapter, c course.Contents, p course.Progress) (minutes int) {
	longest := 0
	for _, e := range ch.Exercises {
		longest = max(longest, term.ColumnsOf(e.Name))
	}
	for _, e := range ch.Exercises {
		step, _ := c.Step(e.ID)
		minutes += step.Minutes
		sign := " "
		if ch.Started && p.HasPassed(e) {
			sign = ui.Paint(term.Green, "✓")
		}
		ui.Say("  %s %-5s %s  %s", sign, e.ID, term.Pad(e.Name, longest), effort(ui.Language, step))
	}
	return minutes
}

// restOf names what stands behind the last exercise.
func restOf(ch *course.Chapter, c course.Contents) string {
	if len(c.Rest) == 0 {
		return ""
	}
	return text.T("At the end of %s/README.md: %s.", ch.Name, strings.Join(c.Rest, " · "))
}

// nextToRead is the first exercise of a chapter that is open, or its first.
func nextToRead(ch *course.Chapter, p course.Progress) mark.ID {
	if e, ok := course.NextIn(ch, p); ok && ch.Started {
		return e.ID
	}
	return ch.Exercises[0].ID
}

// printRead names the command that shows what belongs to an exercise.
func printRead(ui *term.UI, ch *course.Chapter, id mark.ID) error {
	c, err := ch.Contents()
	if err != nil {
		return err
	}
	if step, ok := c.Step(id); ok {
		ui.Label("read", "go tool workbook read "+id.String()+"   "+effort(ui.Language, step))
	}
	return nil
}

// effort says how long a step is: "62 lines, 10 min".
func effort(in text.Language, step course.Step) string {
	var out bytes.Buffer
	(&term.UI{Language: in, Out: &out, Width: term.PageWidth}).Page(step.Text)
	return in.T("%d lines", bytes.Count(out.Bytes(), []byte("\n"))) + minutesOf(in, step.Minutes)
}

// minutesOf says how long an exercise takes, where that is known.
func minutesOf(in text.Language, minutes int) string {
	if minutes == 0 {
		return ""
	}
	return ", " + in.T("%d min", minutes)
}
