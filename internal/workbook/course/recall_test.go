package course

import (
	"testing"
	"time"

	"example.com/authbook/internal/mark"
	"github.com/stretchr/testify/assert"
)

func TestSchedule(t *testing.T) {
	start := time.Date(2026, 11, 1, 9, 0, 0, 0, time.UTC)
	chapter := func(number int) *Chapter {
		ch := &Chapter{Number: number, Started: true}
		for i := range 2 {
			ch.Exercises = append(ch.Exercises, mark.Exercise{ID: mark.ID{Chapter: number, Number: i + 1}})
		}
		return ch
	}
	type want struct {
		id    string
		after time.Duration // since start
	}
	never := func(*Chapter) time.Time { return time.Time{} }
	for _, row := range []struct {
		name     string
		progress Progress
		finished func(*Chapter) time.Time
		want     []want
	}{
		{"nothing is green, nothing is due", Progress{}, never, nil},
		{"three days after green", Progress{Green: map[string]time.Time{"1.2": start}}, never, []want{{"1.2", 3 * day}}},
		{"a week after it was written again", Progress{Green: map[string]time.Time{"1.1": start},
			Recalled: map[string]Recalled{"1.1": {1, start.Add(5 * day)}}}, never, []want{{"1.1", 12 * day}}},
		{"four times are enough", Progress{Green: map[string]time.Time{"1.1": start},
			Recalled: map[string]Recalled{"1.1": {4, start}}}, never, nil},
		{"chapters take turns", Progress{Green: map[string]time.Time{"1.1": start, "1.2": start, "2.2": start.Add(day),
			"2.1": start.Add(2 * day)}}, never,
			[]want{{"1.1", 3 * day}, {"2.2", 4 * day}, {"1.2", 3 * day}, {"2.1", 5 * day}}},
		{"the commit of finish counts where nothing is noted", Progress{Green: map[string]time.Time{"1.1": start.Add(day)}},
			func(ch *Chapter) time.Time {
				if ch.Number == 1 {
					return start
				}
				return time.Time{}
			}, []want{{"1.2", 3 * day}, {"1.1", 4 * day}}},
	} {
		t.Run(row.name, func(t *testing.T) {
			var got []want
			for _, d := range Schedule([]*Chapter{chapter(1), chapter(2)}, row.progress, row.finished) {
				got = append(got, want{d.Exercise.ID.String(), d.At.Sub(start)})
			}
			assert.Equal(t, row.want, got)
		})
	}
}

func TestProgress_NoteGreen_keepsTheFirstTime(t *testing.T) {
	var p Progress
	first := time.Date(2026, 11, 1, 9, 0, 0, 0, time.UTC)
	p.NoteGreen("1.1", first)
	p.NoteGreen("1.1", first.Add(day))
	assert.Equal(t, first, p.Green["1.1"])
}
