package main

import (
	"slices"

	"example.com/authbook/internal/mark"
	"example.com/authbook/internal/workbook/course"
)

// follow goes where the learner writes: to an open exercise that was changed since the
// last look, where the current one was not.
func (w *watcher) follow(ch *course.Chapter) {
	var changed []mark.ID
	changed, w.texts = ch.Rewritten(w.texts, w.course.ReadProgress())
	if len(changed) > 0 && !slices.Contains(changed, w.exercise) {
		w.exercise = changed[0]
		w.noteOpen(w.exercise)
	}
}
