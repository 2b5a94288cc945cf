package main

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"example.com/authbook/internal/attack"
	"example.com/authbook/internal/text"
	"example.com/authbook/internal/workbook/course"
	"example.com/authbook/internal/workbook/gorun"
	"example.com/authbook/internal/workbook/term"
)

// printEnding is the end of a chapter: what the learner can do now, and what it took. It
// fits 24 lines below twelve exercises; finish tells what the next chapter breaks.
func printEnding(s *session, r gorun.Report) error {
	end, err := r.Chapter.Ending()
	if err != nil {
		return err
	}
	label := text.Key("you can")
	for _, item := range end.Can {
		s.ui.Prose(label, term.Unwrap(item))
		label = ""
	}
	s.ui.Prose("done", tallyOf(s.ui.Language, r))
	s.ui.Prose("took", effortOf(s.course.ReadProgress(), r.Chapter))
	if stopped := stoppedIn(r.Chapter.Number, readAttacks(s.course)); stopped != "" {
		s.ui.Prose("stopped", stopped)
	}
	return nil
}

// stoppedIn names the attacks of a chapter that the learner's own code has refused:
// "none, kid".
func stoppedIn(chapter int, done map[string]string) string {
	var names []string
	for _, a := range attack.All() {
		if a.Chapter() == strconv.Itoa(chapter) && done[a.Name] == held {
			names = append(names, a.Name)
		}
	}
	return strings.Join(names, ", ")
}

// sayNextChapter tells what the next chapter breaks.
func sayNextChapter(ui *term.UI, end course.Ending) {
	if end.Next != "" {
		ui.Prose("then", term.Unwrap(end.Next))
	}
}

// tallyOf counts what is green: "12 exercises, 143 rows, 21 impostors unmasked".
func tallyOf(in text.Language, r gorun.Report) string {
	rows := 0
	for _, v := range r.Verdicts {
		rows += len(v.Rows)
	}
	words := []string{exercisesOf(in, len(r.Verdicts)), in.N(rows, "%d row", "%d rows")}
	if unmasked, all := r.Impostors(); all > 0 {
		words = append(words, in.N(unmasked, "%d impostor unmasked", "%d impostors unmasked"))
	}
	return strings.Join(words, ", ")
}

// exercisesOf counts exercises.
func exercisesOf(in text.Language, n int) string { return in.N(n, "%d exercise", "%d exercises") }

// effortOf says what a chapter took on this machine: "31 tries, 2 h 10 min, 4 hints".
func effortOf(p course.Progress, ch *course.Chapter) string {
	tries, took, hints := p.Worked(ch)
	parts := []string{ch.N(tries, "%d try", "%d tries")}
	if minutes := int(took.Round(time.Minute).Minutes()); minutes >= 60 {
		parts = append(parts, ch.T("%d h %d min", minutes/60, minutes%60))
	} else if minutes > 0 {
		parts = append(parts, ch.T("%d min", minutes))
	}
	return strings.Join(append(parts, ch.N(hints, "%d hint", "%d hints")), ", ")
}

// barOf shows how much of a started chapter is green: "███████░░░ 7/10".
func barOf(s *session, ch *course.Chapter) string {
	if !ch.Started {
		return ""
	}
	done, _ := tally(ch, s.course.ReadProgress())
	return fmt.Sprintf("  %s %d/%d", term.Bar(done, len(ch.Exercises)), done, len(ch.Exercises))
}
