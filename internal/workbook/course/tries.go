package course

import (
	"time"

	"example.com/authbook/internal/mark"
)

// Try is how an exercise was worked on, on this machine. It stays there: it is for
// the learner, at the end of a chapter.
type Try struct {
	Checks int           `json:"checks"` // of texts that were not the same
	Text   string        `json:"text"`   // fingerprint of the last one
	Time   time.Duration `json:"time"`   // from check to check, without pauses
}

// pause is how long somebody thinks at most. Who takes longer is away.
const pause = 15 * time.Minute

// NoteChecks notes that some exercises were checked now. The time since the last
// check belongs to the exercise that was worked on.
func (p *Progress) NoteChecks(checked []mark.Exercise, now time.Time) {
	if p.Tries == nil {
		p.Tries = map[string]Try{}
	}
	if since := now.Sub(p.Checked); p.Current != "" && since > 0 && since <= pause {
		t := p.Tries[p.Current]
		t.Time += since
		p.Tries[p.Current] = t
	}
	p.Checked = now
	for _, e := range checked {
		t := p.Tries[e.ID.String()]
		if text := Fingerprint(e.Text); !e.Blank && text != t.Text {
			t.Checks, t.Text = t.Checks+1, text
			p.Tries[e.ID.String()] = t
		}
	}
}

// Worked sums up what a chapter took: checks, time and hints.
func (p Progress) Worked(ch *Chapter) (checks int, took time.Duration, hints int) {
	for _, e := range ch.Exercises {
		t := p.Tries[e.ID.String()]
		checks, took, hints = checks+t.Checks, took+t.Time, hints+p.Hints[e.ID.String()]
	}
	return checks, took, hints
}
