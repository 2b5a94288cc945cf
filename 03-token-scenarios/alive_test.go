package tokens

import (
	"testing"
	"time"

	"example.com/authbook/internal/exercise"
	"github.com/stretchr/testify/assert"
)

// snapshotRow is a snapshot and what is right about it. Its times are years from
// the clock of the bubbles that the rows run in: the store's clock decides, not
// the server's.
type snapshotRow struct {
	name  string
	needs []string
	// The session is at generation 5, rotated an hour ago and good for
	// another hour, before edit.
	edit       func(*Snapshot)
	generation int64 // of the token, for judge
	want       error
}

func (r snapshotRow) snapshot() Snapshot {
	now := time.Date(2026, 7, 1, 12, 0, 0, 0, time.UTC)
	s := Snapshot{
		Session: Session{Generation: 5, Rotated: now.Add(-time.Hour), Expires: now.Add(time.Hour)},
		Now:     now,
	}
	if r.edit != nil {
		r.edit(&s)
	}
	return s
}

func TestSnapshot_alive(t *testing.T) {
	exercise.SynctestRows(t, "3.3", []snapshotRow{
		{name: "a revoked one is not", edit: func(s *Snapshot) { s.Session.Revoked = true }, want: ErrRevoked},
		{name: "nor that of a disabled user", edit: func(s *Snapshot) { s.User.Disabled = true }, want: ErrDisabled},
		{name: "its last moment counts", edit: func(s *Snapshot) { s.Now = s.Session.Expires.Add(-1) }},
		{name: "the moment it expires does not", edit: func(s *Snapshot) { s.Now = s.Session.Expires }, want: ErrExpired},
		{name: "long after that it is over too", edit: func(s *Snapshot) { s.Now = s.Session.Expires.Add(24 * time.Hour) }, want: ErrExpired},
		{name: "revoked comes before expired, or a log-out would look like a long pause", edit: func(s *Snapshot) {
			s.Session.Revoked, s.Now = true, s.Session.Expires.Add(time.Hour)
		}, want: ErrRevoked},
		{name: "disabled comes before expired", edit: func(s *Snapshot) {
			s.User.Disabled, s.Now = true, s.Session.Expires.Add(time.Hour)
		}, want: ErrDisabled},
	}, func(t *testing.T, row snapshotRow) {
		err := row.snapshot().alive()
		assert.Equal(t, row.want, err, "every way into the server asks this one question")
	})
}
