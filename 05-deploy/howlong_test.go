package deploy

import (
	"testing"
	"time"

	"example.com/authbook/internal/exercise"
	"github.com/stretchr/testify/assert"
)

// TestHowLong tells your table to your function, and then compares it with
// howLongModel. Write your own table first: it is exercise 5.12.
func TestHowLong(t *testing.T) {
	type row struct {
		name  string
		own   bool
		times []time.Duration
	}
	const day = 24 * time.Hour
	rows := []row{
		{"your own table holds", true, nil},
		{"seconds", false, []time.Duration{2 * time.Second, 59 * time.Second, 90 * time.Second, 119 * time.Second}},
		{"minutes", false, []time.Duration{2 * time.Minute, 90 * time.Minute, 2*time.Hour - 1}},
		{"hours", false, []time.Duration{2 * time.Hour, 25 * time.Hour, 2*day - 1}},
		{"days", false, []time.Duration{2 * day, 3*day - 1, 500 * day}},
		{"one second", false, []time.Duration{time.Second, 2*time.Second - 1}},
		{"less than one second", false, []time.Duration{0, time.Second - 1}},
		{"negative times", false, []time.Duration{-1, -time.Second, -3 * day}},
	}
	exercise.Rows(t, "5.13", rows, func(t *testing.T, row row) {
		if row.own {
			exercise.Needs(t, "5.13", "5.12")
			for _, own := range howLongRows {
				assert.Equal(t, own.want, HowLong(own.duration()), "your row %q says so", own.name)
			}
		}
		for _, d := range row.times {
			assert.Equal(t, howLongModel("", d), HowLong(d), "%s: the comment above HowLong has the rules", d)
		}
	})
}
