package course

import (
	"slices"
	"time"

	"example.com/authbook/internal/mark"
)

// Recalled is how often an exercise was written again from memory, and when last.
type Recalled struct {
	Times int       `json:"times"`
	At    time.Time `json:"at"`
}

// spacing is how long an exercise rests after it was green, after the first time
// that it was written again, and so on. What is met again late is kept longest.
var spacing = []time.Duration{3 * day, 7 * day, 21 * day, 60 * day}

const day = 24 * time.Hour

// Due is an exercise to be written again, from a moment on.
type Due struct {
	Chapter  *Chapter
	Exercise mark.Exercise
	At       time.Time
}

// NoteGreen notes when an exercise was green first.
func (p *Progress) NoteGreen(id string, now time.Time) {
	if p.Green == nil {
		p.Green = map[string]time.Time{}
	}
	if p.Green[id].IsZero() {
		p.Green[id] = now
	}
}

// NoteRecalled notes that an exercise was written again.
func (p *Progress) NoteRecalled(id string, now time.Time) {
	if p.Recalled == nil {
		p.Recalled = map[string]Recalled{}
	}
	p.Recalled[id] = Recalled{Times: p.Recalled[id].Times + 1, At: now}
}

// dueAt is when an exercise is due that is green since then; ok is false after the
// last time.
func (p Progress) dueAt(id string, green time.Time) (at time.Time, ok bool) {
	r := p.Recalled[id]
	if r.Times >= len(spacing) || green.IsZero() {
		return time.Time{}, false
	}
	from := green
	if r.Times > 0 {
		from = r.At
	}
	return from.Add(spacing[r.Times]), true
}

// Schedule lists what is to be written again, mixed over the chapters: the oldest of
// each, then the next of each. finished says when a chapter was; it counts where this
// machine does not know when an exercise was green.
func Schedule(chapters []*Chapter, p Progress, finished func(*Chapter) time.Time) []Due {
	type ranked struct {
		Due
		rank int // within its chapter
	}
	var all []ranked
	for _, ch := range chapters {
		for rank, d := range ch.dues(p, finished) {
			all = append(all, ranked{d, rank})
		}
	}
	slices.SortStableFunc(all, func(a, b ranked) int {
		if a.rank != b.rank {
			return a.rank - b.rank
		}
		return a.At.Compare(b.At)
	})
	var dues []Due
	for _, r := range all {
		dues = append(dues, r.Due)
	}
	return dues
}

// dues lists the exercises of a chapter that are or will be due, by the time.
func (ch *Chapter) dues(p Progress, finished func(*Chapter) time.Time) []Due {
	if !ch.Started || ch.Broken != nil {
		return nil
	}
	var all []Due
	for _, e := range ch.Exercises {
		green := p.Green[e.ID.String()]
		if green.IsZero() && !e.Blank {
			green = finished(ch)
		}
		if at, ok := p.dueAt(e.ID.String(), green); ok {
			all = append(all, Due{ch, e, at})
		}
	}
	slices.SortStableFunc(all, func(a, b Due) int { return a.At.Compare(b.At) })
	return all
}
