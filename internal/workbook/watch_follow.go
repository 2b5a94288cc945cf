package main

import (
	"slices"

	"example.com/authbook/internal/mark"
	"example.com/authbook/internal/workbook/course"
)

// follow goes where the learner writes: to an open exercise that was changed since the
// last look, where the current one was not.
func (w *watcher) follow(ch *course.Chapter) {
	before, p := w.texts, w.course.ReadProgress()
	w.texts = map[mark.ID]string{}
	var changed []mark.ID
	for _, e := range ch.Exercises {
		w.texts[e.ID] = e.Text
		if was, known := before[e.ID]; known && was != e.Text && !p.HasPassed(e) {
			changed = append(changed, e.ID)
		}
	}
	if len(changed) > 0 && !slices.Contains(changed, w.exercise) {
		w.exercise = changed[0]
		w.noteOpen(w.exercise)
	}
}
