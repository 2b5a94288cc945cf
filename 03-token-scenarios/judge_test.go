package tokens

import (
	"math"
	"testing"
	"time"

	"example.com/authbook/internal/exercise"
	"github.com/stretchr/testify/assert"
)

func TestJudge(t *testing.T) {
	rotated := func(ago time.Duration) func(*Snapshot) {
		return func(s *Snapshot) { s.Session.Rotated = s.Now.Add(-ago) }
	}
	withinGraceAnd := func(edit func(*Snapshot)) func(*Snapshot) {
		return func(s *Snapshot) { rotated(time.Second)(s); edit(s) }
	}
	alive := []string{"3.3"}
	exercise.SynctestRows(t, "3.7", []snapshotRow{
		{name: "one behind, a second after the rotation: the response was lost", needs: alive, generation: 4, edit: rotated(time.Second)},
		{name: "one behind at the end of the grace still counts as lost", needs: alive, generation: 4, edit: rotated(Grace)},
		{name: "one behind after the grace is a reuse", needs: alive, generation: 4, edit: rotated(Grace + 1), want: ErrReused},
		{name: "one behind, and the clock was set back", needs: alive, generation: 4, edit: rotated(-time.Hour)},
		{name: "two behind is a reuse even within the grace", needs: alive, generation: 3, edit: rotated(time.Second), want: ErrReused},
		{name: "the very first token is a reuse", needs: alive, generation: 0, want: ErrReused},
		{name: "a generation of the future comes from before a restored backup", needs: alive, generation: 6, want: ErrInvalid},
		{name: "so does the highest there is", needs: alive, generation: math.MaxInt64, want: ErrInvalid},
		{name: "the current generation lost a race with a change", needs: alive, generation: 5, want: errMoved},
		{name: "log-out beats the grace", needs: alive, generation: 4, want: ErrRevoked,
			edit: withinGraceAnd(func(s *Snapshot) { s.Session.Revoked = true })},
		{name: "so does a disabled user", needs: alive, generation: 4, want: ErrDisabled,
			edit: withinGraceAnd(func(s *Snapshot) { s.User.Disabled = true })},
		{name: "and the end of the session", needs: alive, generation: 4, want: ErrExpired,
			edit: withinGraceAnd(func(s *Snapshot) { s.Session.Expires = s.Now })},
		{name: "log-out beats a lost race", needs: alive, generation: 5, want: ErrRevoked,
			edit: func(s *Snapshot) { s.Session.Revoked = true }},
		{name: "the end of the session beats a reuse", needs: alive, generation: 0, want: ErrExpired,
			edit: func(s *Snapshot) { s.Session.Expires = s.Now }},
	}, func(t *testing.T, row snapshotRow) {
		err := judge(row.generation, row.snapshot())
		assert.Equal(t, row.want, err, "nil keeps an honest client logged in, ErrReused logs a thief out")
	})
}
