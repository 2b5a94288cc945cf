package accounts

import (
	"math"
	"testing"
	"time"

	"example.com/authbook/internal/exercise"
	"github.com/stretchr/testify/assert"
)

func TestBackoff(t *testing.T) {
	type row struct {
		name     string
		failures int
		want     time.Duration
	}
	rows := []row{
		{"no failure, no wait", 0, 0},
		{"the first failure is free", 1, 0},
		{"the fifth is the last that is free", 5, 0},
		{"the sixth costs a second", 6, time.Second},
		{"the seventh costs twice that", 7, 2 * time.Second},
		{"the eighth costs twice that again", 8, 4 * time.Second},
		{"the fourteenth is the last below the cap", 14, 256 * time.Second},
		{"the fifteenth is capped", 15, 5 * time.Minute},
		{"a thousand are capped", 1000, 5 * time.Minute},
		{"so many that shifting by them gives zero", 70, 5 * time.Minute},
		{"so many that shifting by them gives a negative number", 40, 5 * time.Minute},
		{"as many as there are numbers", math.MaxInt, 5 * time.Minute},
	}
	exercise.Rows(t, "4.6", rows, func(t *testing.T, r row) {
		assert.Equal(t, r.want, backoff(r.failures),
			"after %d failures: too short helps the guesser, too long punishes the owner", r.failures)
	})
}

func TestRemaining(t *testing.T) {
	rows := []struct {
		name              string
		wait, since, want time.Duration
	}{
		{"at the failure, all of it", time.Minute, 0, time.Minute},
		{"a while later, the rest", time.Minute, 20 * time.Second, 40 * time.Second},
		{"a clock that was set back a little makes it no longer", time.Minute, -20 * time.Second, time.Minute},
		{"a clock that was set back by the whole wait makes it no longer", time.Minute, -time.Minute, time.Minute},
		{"a clock that was set back for longer than the wait ends it", time.Minute, -time.Hour, 0},
		{"without a wait there is none", 0, -time.Hour, 0},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) { assert.Equal(t, row.want, remaining(row.wait, row.since)) })
	}
}
