package main

import (
	"slices"
	"strings"

	"example.com/authbook/internal/mark"
	"example.com/authbook/internal/text"
	"example.com/authbook/internal/workbook/course"
	"example.com/authbook/internal/workbook/gorun"
	"example.com/authbook/internal/workbook/term"
)

// printAfter says what to look at now that one exercise is green: the server, and
// once the reference beside it.
func printAfter(s *session, r gorun.Report) error {
	if len(r.Chosen) != 1 || !r.Chapter.Started {
		return nil
	}
	e := r.Chosen[0]
	section, _, err := r.Chapter.Section(e.ID)
	if err != nil {
		return err
	}
	printSee(s.ui, section.After)
	if section.After.Complete() && !s.course.ReadProgress().Compared[e.ID.String()] {
		s.ui.Label("compare", "go tool workbook reveal "+e.ID.String())
		noteCompared(s, e)
	}
	return offerQuiz(s, r.Chapter, e)
}

// printSee prints the commands that show the exercise at work, and what to look at.
func printSee(ui *term.UI, a course.After) {
	label := text.Key("see")
	for i, command := range a.Commands {
		if i == len(a.Commands)-1 {
			command += "   " + strings.ReplaceAll(term.Unwrap(a.See), "\n", " ")
		}
		ui.Label(label, command)
		label = ""
	}
	isLive := slices.ContainsFunc(a.Commands, func(c string) bool { return strings.Contains(c, "localhost:8080") })
	if isLive && !strings.Contains(a.See, "workbook run") {
		also := text.Key("go tool workbook run   starts that server, and so does r in watch")
		if a.Log {
			also = "go tool workbook run   starts that server, and shows its log"
		}
		ui.Label("", ui.T(also))
	}
}

// noteCompared notes that the comparison was offered: once is enough.
func noteCompared(s *session, e mark.Exercise) {
	s.course.Note(s.ui, func(p *course.Progress) {
		if p.Compared == nil {
			p.Compared = map[string]bool{}
		}
		p.Compared[e.ID.String()] = true
	})
}

// printWhy tells why the reference is written so, and another right way.
func printWhy(ui *term.UI, a course.After) {
	if a.Complete() {
		ui.Say("")
		ui.Prose("why", term.Unwrap(a.Why))
		ui.Prose("or", term.Unwrap(a.Another))
	}
}
