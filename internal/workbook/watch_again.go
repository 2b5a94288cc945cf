package main

import (
	"example.com/authbook/internal/mark"
	"example.com/authbook/internal/workbook/course"
	"example.com/authbook/internal/workbook/term"
)

// moved is a step of a watch: the exercise that became green, and the next one as it
// was then.
type moved struct {
	from, to mark.Exercise
	fresh    bool // what is to be seen stands on the screen
}

// next moves to the next exercise that is open, from the start again after the
// last. Without far it stays when the current one is open.
func (w *watcher) next(ch *course.Chapter, far bool) bool {
	e, open := course.NextFrom(ch, w.course.ReadProgress(), w.exercise, far)
	if !open || e.ID == w.exercise {
		return false
	}
	from, _ := course.Find(ch.Exercises, w.exercise)
	if w.exercise, w.moved = e.ID, nil; !far {
		w.moved = &moved{from: from, to: e, fresh: true}
	}
	return true
}

// sayAgain shows what to look at after the last green exercise, until the next one is
// edited: a save that only formats the file would wipe it off the screen.
func (w *watcher) sayAgain(ch *course.Chapter) {
	if w.moved == nil {
		return
	}
	if w.moved.fresh {
		w.moved.fresh = false
		return
	}
	from := w.moved.from.ID
	if w.exercise == from { // it was formatted, and is checked again
		w.course.Note(w.ui, func(p *course.Progress) { delete(p.Compared, from.String()) })
	}
	if e, _ := course.Find(ch.Exercises, w.exercise); e.ID != w.moved.to.ID || e.Text != w.moved.to.Text {
		w.moved = nil
		return
	}
	section, _, err := ch.Section(from)
	if err != nil {
		return
	}
	w.ui.Say("%s %s", w.ui.Paint(term.Green, "✓"), w.moved.from)
	printSee(w.ui, section.After)
	if section.After.Complete() {
		w.ui.Label("compare", "go tool workbook reveal "+from.String())
	}
	w.ui.Say("")
}
