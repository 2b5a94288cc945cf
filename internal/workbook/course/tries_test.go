package course

import (
	"testing"
	"time"

	"example.com/authbook/internal/mark"
	"github.com/stretchr/testify/assert"
)

func TestNoteChecks(t *testing.T) {
	one := mark.Exercise{ID: mark.ID{Chapter: 1, Number: 1}}
	two := mark.Exercise{ID: mark.ID{Chapter: 1, Number: 2}}
	ch := &Chapter{Exercises: []mark.Exercise{one, two}}
	now := time.Date(2026, 1, 2, 15, 0, 0, 0, time.UTC)
	p := emptyProgress()
	p.Hints["1.2"] = 2
	check := func(after time.Duration, e mark.Exercise, text string) {
		now = now.Add(after)
		e.Text, e.Blank = text, text == ""
		p.NoteChecks([]mark.Exercise{e}, now)
		p.Current = e.ID.String()
	}
	check(0, one, "")
	check(time.Minute, one, "a")
	check(time.Minute, one, "a")
	check(2*time.Minute, one, "b")
	check(time.Hour, two, "c")
	check(-time.Hour, two, "d")

	checks, took, hints := p.Worked(ch)
	assert.Equal(t, 4, checks, "a blank is no try, and neither is the same text again")
	assert.Equal(t, 4*time.Minute, took, "a pause does not count, and neither does a clock that went back")
	assert.Equal(t, 2, hints)
	assert.Equal(t, 4*time.Minute, p.Tries["1.1"].Time, "the time belongs to what was worked on")
}
