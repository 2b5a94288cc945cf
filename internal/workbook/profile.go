package main

import (
	"context"
	"runtime"
	"time"

	"example.com/authbook/internal/text"
	"example.com/authbook/internal/workbook/course"
	"example.com/authbook/internal/workbook/term"
)

// profile prints what authors would like to know of a learner's way: where it took
// long. It holds numbers and names of the course, and no text of the learner's. It is
// printed and nothing else: who wants to attaches it to a pull request.
func profile(_ context.Context, s *session, args term.Arguments) error {
	chapters, err := s.course.Chapters()
	if args.First() != "" {
		chapters = make([]*course.Chapter, 1)
		chapters[0], err = s.course.Chapter(args.First())
	}
	if err != nil {
		return err
	}
	s.ui.Say("<!-- %s -->", text.T("No code, no names, no folders are in here. Nothing was sent."))
	s.ui.Say("%s, %s", runtime.Version(), runtime.GOOS)
	p := s.course.ReadProgress()
	for _, ch := range chapters {
		profileExercises(s.ui, ch, p)
		if err := profileMistakes(s.ui, ch, p); err != nil {
			return err
		}
	}
	return nil
}

// profileExercises prints a table of the exercises that were worked on.
func profileExercises(ui *term.UI, ch *course.Chapter, p course.Progress) {
	head := text.T("green | min | tries | hints | looked at")
	for _, e := range ch.Exercises {
		id := e.ID.String()
		if tookOf(p, ch, e) == "" && lookedAt(p, id) == "" {
			continue
		}
		if head != "" {
			ui.Say("\n| %s | %s |\n|---|---|---|---|---|---|", ch.Name, head)
			head = ""
		}
		try := p.Tries[id]
		ui.Say("| %s `%s` | %s | %d | %d | %d | %s |", id, e.Name, yes(p.HasPassed(e)),
			int(try.Time.Round(time.Minute).Minutes()), try.Checks, p.Hints[id], lookedAt(p, id))
	}
}

// profileMistakes names the mistakes that the workbook knew, the last of each exercise.
func profileMistakes(ui *term.UI, ch *course.Chapter, p course.Progress) error {
	answers, err := ch.WrongAnswers()
	for _, w := range answers {
		if p.Told[w.ID.String()] == w.File {
			ui.Say("\n%s", text.T("A mistake that the workbook knew: `%s`", w.Short()))
		}
	}
	return err
}

// lookedAt is what of the reference the learner has seen.
func lookedAt(p course.Progress, id string) string {
	switch {
	case p.Revealed[id]:
		return text.T("the reference")
	case p.Ordered[id]:
		return text.T("its lines")
	}
	return ""
}

// yes fills a cell where something is so.
func yes(is bool) string {
	if is {
		return text.T("yes")
	}
	return ""
}
