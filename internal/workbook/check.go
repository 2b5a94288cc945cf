package main

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"example.com/authbook/internal/mark"
	"example.com/authbook/internal/text"
	"example.com/authbook/internal/workbook/course"
	"example.com/authbook/internal/workbook/gorun"
	"example.com/authbook/internal/workbook/review"
	"example.com/authbook/internal/workbook/term"
)

// check runs the tests of a chapter or an exercise and says what is next.
func check(ctx context.Context, s *session, args term.Arguments) error {
	ch, chosen, err := choose(s.course, args.First())
	if err != nil {
		return err
	}
	if args.Flags["--ci"] {
		return review.CheckCI(ctx, s.runner, s.ui, ch)
	}
	report, err := s.runner.Examine(ctx, ch, chosen, gorun.Effort{Race: true})
	if err != nil {
		return err
	}
	if err := print(s, report); err != nil {
		return err
	}
	if args.Flags["--matrix"] {
		printMatrices(s.ui, report)
	}
	if !report.Green() {
		return term.ErrRed
	}
	return nil
}

// choose returns the chapter that a word means, and of it the exercises: all,
// or the one. No word is the chapter the learner is in.
func choose(c *course.Course, word string) (*course.Chapter, []mark.Exercise, error) {
	if word == "" {
		ch, err := current(c)
		if err != nil {
			return nil, nil, err
		}
		return ch, ch.Exercises, nil
	}
	if strings.Contains(word, ".") {
		ch, e, err := c.Exercise(word)
		return ch, []mark.Exercise{e}, err
	}
	ch, err := c.Chapter(word)
	if err == nil && len(ch.Exercises) == 0 {
		err = term.Refuse(text.T("chapter %d has no exercises", ch.Number), "go test ./"+ch.Name)
	}
	if err != nil {
		return nil, nil, err
	}
	return ch, ch.Exercises, nil
}

// current is the chapter the learner is in: that of the current exercise if it
// is started here, else the first started one with something open.
func current(c *course.Course) (*course.Chapter, error) {
	chapters, err := c.Chapters()
	if err != nil {
		return nil, err
	}
	p := c.ReadProgress()
	if i, ok := mark.ParseID(p.Current); ok {
		for _, ch := range chapters {
			if ch.Number == i.Chapter && ch.Started {
				return ch, nil
			}
		}
	}
	for _, ch := range chapters {
		if ch.Started && slices.ContainsFunc(ch.Exercises, func(e mark.Exercise) bool { return !p.HasPassed(e) }) {
			return ch, nil
		}
	}
	return nil, term.Refuse(text.T("no chapter is started here"),
		fmt.Sprintf("go tool workbook start %d", firstWithExercises(chapters).Number))
}

func firstWithExercises(chapters []*course.Chapter) *course.Chapter {
	i := slices.IndexFunc(chapters, func(ch *course.Chapter) bool { return len(ch.Exercises) > 0 })
	return chapters[max(i, 0)]
}
