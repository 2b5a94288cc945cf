package main

import (
	"context"
	"fmt"

	"example.com/authbook/internal/mark"
)

// list shows where the learner is. It runs no test: it trusts the last check
// as long as the text is the same.
func list(ctx context.Context, a *app, _ arguments) error {
	chapters, err := a.chapters()
	if err != nil {
		return err
	}
	p := a.readProgress()
	g, err := a.git(ctx)
	if err != nil {
		return err
	}
	for _, ch := range chapters {
		a.ui.columns("  "+ch.name, 22, a.standing(g, ch, p))
	}
	a.ui.say("")
	a.sayNext(g, chapters, p)
	return nil
}

// standing is how far a chapter is.
func (a *app) standing(g *git, ch *chapter, p progress) string {
	switch {
	case len(ch.exercises) == 0:
		return "to read"
	case !ch.started && g != nil && g.hasBranch(chapterBranch(ch)):
		return "on the branch " + chapterBranch(ch)
	case !ch.started:
		return bar(0, 1) + "  not started, " + count(len(ch.exercises), "exercise")
	case g.cutOff(ch):
		return "its start was cut off"
	}
	done, written := tally(ch, p)
	words := fmt.Sprintf("%s  %d of %d", bar(done, len(ch.exercises)), done, len(ch.exercises))
	switch {
	case written > 0:
		words += fmt.Sprintf(", %d not green yet", written)
	case done == len(ch.exercises) && a.isOpen(g, ch):
		words += ", to finish"
	case done == len(ch.exercises):
		words += ", finished"
	}
	return words
}

// tally counts the exercises that are green, and those that are written but red
// or not checked.
func tally(ch *chapter, p progress) (done, written int) {
	for _, e := range ch.exercises {
		switch {
		case p.passed(e):
			done++
		case !e.Blank:
			written++
		}
	}
	return done, written
}

// sayNext prints the current exercise and the command to type.
func (a *app) sayNext(g *git, chapters []*chapter, p progress) {
	for _, ch := range chapters {
		if !ch.started || !a.isOpen(g, ch) && !p.isIn(ch) {
			continue
		}
		if g.cutOff(ch) {
			a.ui.label("next", fmt.Sprintf("go tool workbook start %d   goes on where it was", ch.number))
			return
		}
		if ch.broken != nil {
			a.ui.say("→ %v", ch.broken)
			a.ui.label("next", fmt.Sprintf("go tool workbook check %d", ch.number))
			return
		}
		if e, ok := nextIn(ch, p); ok {
			a.ui.say("→ %s, %s", a.ui.paint(bold, e.String()), ch.at(e))
			a.ui.label("next", "go tool workbook check "+e.ID.String())
			return
		}
		a.ui.say("→ chapter %d is green: commit, and ask for a review", ch.number)
		if g != nil {
			a.ui.label("next", fmt.Sprintf("go tool workbook pr %d   and after the review: finish %d", ch.number, ch.number))
			return
		}
		a.ui.label("next", fmt.Sprintf("go tool workbook finish %d", ch.number))
		return
	}
	a.sayStart(g, chapters)
}

// sayStart proposes the first chapter that nobody has started.
func (a *app) sayStart(g *git, chapters []*chapter) {
	for _, ch := range chapters {
		switch {
		case len(ch.exercises) == 0 || ch.started:
		case g != nil && g.hasBranch(chapterBranch(ch)):
			if a.isOpen(g, ch) {
				a.ui.label("next", "git switch "+chapterBranch(ch))
				return
			}
		default:
			a.ui.label("next", fmt.Sprintf("go tool workbook start %d", ch.number))
			return
		}
	}
	a.ui.say("All chapters are finished. The server is yours: go tool workbook run")
}

// nextIn is the first exercise that is not green yet.
func nextIn(ch *chapter, p progress) (mark.Exercise, bool) {
	for _, e := range ch.exercises {
		if !p.passed(e) {
			return e, true
		}
	}
	return mark.Exercise{}, false
}
