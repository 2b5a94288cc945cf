package main

import (
	"regexp"
	"slices"
	"strings"
	"unicode"

	"example.com/authbook/internal/mark"
	"example.com/authbook/internal/text"
	"example.com/authbook/internal/workbook/course"
	"example.com/authbook/internal/workbook/term"
)

// rung is a word that names one of the hints.
var rung = regexp.MustCompile(`^[1-3]$`)

// readRung takes the word 0, which asks for the task, from the words behind hint, at any
// place. A number that chooses a hint is refused: each is for whoever needs more than the
// one before.
func readRung(args term.Arguments) (exercise string, asksTask bool, err error) {
	words := slices.DeleteFunc(slices.Clone(args.Words), func(word string) bool { return word == "0" })
	asksTask = len(words) < len(args.Words)
	switch i := slices.IndexFunc(words, rung.MatchString); {
	case i >= 0:
		return "", false, term.Refuse(text.T("hints come one after the other: number %s can't be chosen", words[i]),
			text.T("go tool workbook hint     gives the next one"),
			text.T("go tool workbook hint 0   tells the task"))
	case len(words) > 1, asksTask && args.Flags["--lines"]:
		return "", false, term.UsageError{Text: text.T("hint takes one exercise, and either 0 or --lines")}
	}
	return term.Arguments{Words: words}.First(), asksTask, nil
}

// sayTask prints what an exercise asks for. It is no hint: nothing is noted.
func sayTask(s *session, ch *course.Chapter, e mark.Exercise) error {
	task, err := ch.Task(e.ID)
	if err != nil {
		return err
	}
	s.ui.Width = min(s.ui.Width, term.PageWidth)
	s.ui.Say("")
	for line := range strings.SplitSeq(task, "\n") {
		if item, ok := strings.CutPrefix(line, "  - "); ok {
			s.ui.Columns("  -", 4, item)
		} else {
			s.ui.Tell("%s", strings.ReplaceAll(line, "\t", "    "))
		}
	}
	s.ui.Say("")
	sayRules(s.ui, ch, e)
	return printRead(s.ui, ch, e.ID)
}

// sayRules names the exercise that a table is the table of: its task has the rules that
// the rows must hold.
func sayRules(ui *term.UI, ch *course.Chapter, table mark.Exercise) {
	words := strings.FieldsFunc(course.TaskOf(table), func(r rune) bool { return !unicode.IsLetter(r) })
	for _, e := range ch.Exercises {
		if table.Table && !e.Table && slices.Contains(words, e.Name) {
			ui.Label("rules", text.T("go tool workbook hint 0 %s   tells what %s must do", e.ID, e.Name))
		}
	}
}
