package main

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"path/filepath"
	"slices"
	"strings"

	"example.com/authbook/internal/mark"
	"example.com/authbook/internal/text"
	"example.com/authbook/internal/workbook/course"
	"example.com/authbook/internal/workbook/term"
)

// reset takes a chapter or an exercise back to blank, or a file back to what
// it was outside its exercises.
func reset(ctx context.Context, s *session, args term.Arguments) error {
	word := args.First()
	switch {
	case strings.HasSuffix(word, ".go"):
		return resetFile(ctx, s, word)
	case strings.Contains(word, "."):
		return resetExercise(ctx, s, word)
	}
	ch, err := s.course.Chapter(word)
	if err != nil {
		return err
	}
	if err := mayReset(s.course, ch); err != nil {
		return err
	}
	blanks, err := ch.Blanked(ctx, s.course.Root, course.Every)
	if err != nil {
		return err
	}
	kept, err := s.course.OverwriteAll(ch, blanks)
	if err != nil {
		return err
	}
	s.ui.Say("Chapter %d is blank again.", ch.Number)
	for _, place := range kept {
		s.ui.Label("saved", place)
	}
	return nil
}

// mayReset refuses where there is no reference to go back to.
func mayReset(c *course.Course, ch *course.Chapter) error {
	if !ch.Started {
		return term.Refuse(text.T("chapter %d is not started", ch.Number),
			fmt.Sprintf("go tool workbook start %d", ch.Number))
	}
	return c.Writable(ch.Dir)
}

func resetExercise(ctx context.Context, s *session, word string) error {
	ch, e, err := s.course.Exercise(word)
	if err != nil {
		return err
	}
	if err := mayReset(s.course, ch); err != nil {
		return err
	}
	if ch.Broken != nil {
		return lost(ch, e)
	}
	blanks, err := ch.Blanked(ctx, s.course.Root, course.Only(e.ID))
	if err != nil {
		return err
	}
	return takeInto(ctx, s, ch, ch.Disk, blanks, e)
}

// lost says that an exercise has no place that can be read, and what takes the
// least back.
func lost(ch *course.Chapter, e mark.Exercise) error {
	var ways []string
	for _, name := range slices.Sorted(maps.Keys(ch.Disk)) {
		if ch.Unreadable(name) {
			ways = append(ways, text.T("go tool workbook reset %s   takes this file back; your text is saved",
				ch.Path(name)))
		}
	}
	if len(ways) == 0 {
		ways = []string{text.T("go tool workbook reset %d   takes the whole chapter back; your text is saved",
			ch.Number)}
	}
	return term.Refuse(text.T("the place of %s can't be found: %v", e, ch.Broken), ways...)
}

// takeInto puts one exercise of another version into the file on disk.
func takeInto(ctx context.Context, s *session, ch *course.Chapter, disk, other course.Tree, e mark.Exercise) error {
	names, err := course.NamesOf(ctx, s.course.Root, ch.Reference)
	if err != nil {
		return err
	}
	changed, err := disk.Take(other, course.Only(e.ID), names)
	if err != nil {
		return err
	}
	return s.course.Replace(s.ui, filepath.Join(ch.Dir, e.File), changed[e.File])
}

// resetFile takes a file back to the workbook's, with the learner's exercises
// left in it where they can be found.
func resetFile(ctx context.Context, s *session, word string) error {
	folder, name := filepath.Split(filepath.ToSlash(filepath.Clean(word)))
	ch, err := s.course.Chapter(cmp.Or(strings.TrimSuffix(folder, "/"), name))
	if err != nil {
		return err
	}
	if err := mayReset(s.course, ch); err != nil {
		return err
	}
	if ch.Reference[name] == "" {
		return term.UsageError{Text: text.T("%s is not a file of the workbook: nothing to take back", word)}
	}
	names, err := course.NamesOf(ctx, s.course.Root, ch.Reference)
	if err != nil {
		return err
	}
	text, err := ch.Restored(name, names)
	if err != nil {
		return err
	}
	return s.course.Replace(s.ui, filepath.Join(ch.Dir, name), text)
}
