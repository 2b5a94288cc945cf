package main

import (
	"fmt"
	"strings"
	"time"

	"example.com/authbook/internal/mark"
	"example.com/authbook/internal/workbook/course"
	"example.com/authbook/internal/workbook/term"
	"example.com/authbook/internal/workbook/vcs"
)

// inWork is the chapter that a learner is in: the first that is started and not at its
// end. nil means none.
func inWork(g *vcs.Git, chapters []*course.Chapter, p course.Progress) *course.Chapter {
	for _, ch := range chapters {
		if ch.Started && (vcs.IsOpen(g, ch) || p.IsIn(ch)) {
			return ch
		}
	}
	return nil
}

// listExercises shows each exercise of a chapter, and what it took on this machine.
func listExercises(ui *term.UI, ch *course.Chapter, p course.Progress) {
	longest := 0
	for _, e := range ch.Exercises {
		longest = max(longest, term.ColumnsOf(e.Name))
	}
	for _, e := range ch.Exercises {
		sign := ui.Paint(term.Faint, "○")
		if p.HasPassed(e) {
			sign = ui.Paint(term.Green, "✓")
		} else if ch.Started && !e.Blank {
			sign = ui.Paint(term.Yellow, "…")
		}
		line := fmt.Sprintf("  %s %-5s %s  %s", sign, e.ID, term.Pad(e.Name, longest), tookOf(p, ch, e))
		ui.Say("%s", strings.TrimRight(line, " "))
	}
}

// tookOf is what one exercise took, "" as long as nothing is known.
func tookOf(p course.Progress, ch *course.Chapter, e mark.Exercise) string {
	alone := *ch
	alone.Exercises = []mark.Exercise{e}
	if tries, took, hints := p.Worked(&alone); tries+hints == 0 && took < time.Minute/2 {
		return ""
	}
	return effortOf(p, &alone)
}
