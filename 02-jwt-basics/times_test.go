package jwtbasics

import (
	"fmt"
	"testing"
	"time"

	"example.com/authbook/internal/exercise"
)

func TestCheckTimes(t *testing.T) {
	now := time.Date(2001, 7, 1, 12, 0, 0, 0, time.UTC) // long past: another clock would show
	ago := func(d time.Duration) time.Time { return now.Add(-d) }
	in := func(d time.Duration) time.Time { return now.Add(d) }
	type row struct {
		name          string
		iat, nbf, exp time.Time
		err           error
		why           string
	}
	rows := []row{
		{name: "issued before, expiring after, is valid", iat: ago(time.Minute), exp: in(time.Minute),
			why: "this is the usual case"},
		{name: "issued this very second is valid", iat: now, exp: in(time.Minute),
			why: "the first request follows the log-in at once"},
		{name: "just inside the leeway after exp is valid", iat: ago(time.Minute), exp: ago(5*time.Second - 1),
			why: "clocks may differ by 5 seconds"},
		{name: "at exp plus leeway it has expired", iat: ago(time.Minute), exp: ago(5 * time.Second), err: ErrExpired,
			why: "exp is the first moment that is too late"},
		{name: "long expired", iat: ago(2 * time.Hour), exp: ago(time.Hour), err: ErrExpired,
			why: "a stolen old token must be worthless"},
		{name: "without exp it has expired", iat: ago(time.Minute), err: ErrExpired,
			why: "no date must not mean no end"},
		{name: "nbf in the past is valid", iat: ago(time.Minute), nbf: ago(time.Second), exp: in(time.Minute),
			why: "the date has passed"},
		{name: "nbf inside the leeway is valid", iat: ago(time.Minute), nbf: in(5 * time.Second), exp: in(time.Minute),
			why: "clocks may differ by 5 seconds"},
		{name: "nbf beyond the leeway is not valid yet", iat: ago(time.Minute), nbf: in(5*time.Second + 1),
			exp: in(time.Minute), err: ErrNotYetValid, why: "the issuer said: not before"},
		{name: "iat inside the leeway is valid", iat: in(5 * time.Second), exp: in(time.Minute),
			why: "another server's clock may be 5 seconds ahead"},
		{name: "iat beyond the leeway is not valid yet", iat: in(5*time.Second + 1), exp: in(time.Minute),
			err: ErrNotYetValid, why: "exp - iat is limited: a token from the future would live longer"},
		{name: "expired and not valid yet is not called expired", iat: ago(time.Hour), nbf: in(time.Hour),
			exp: ago(time.Minute), err: ErrNotYetValid, why: "ErrExpired says that nothing else is wrong"},
	}
	exercise.Rows(t, "2.8", rows, func(t *testing.T, row row) {
		err := checkTimes(Claims{IssuedAt: row.iat, NotBefore: row.nbf, ExpiresAt: row.exp}, now)
		assertError(t, row.err, err, fmt.Sprintf("%s\nnow %s\niat %s\nnbf %s\nexp %s", row.why,
			date(now), date(row.iat), date(row.nbf), date(row.exp)))
	})
}

// date shows a moment to the nanosecond: the borders are that sharp.
func date(moment time.Time) string {
	if moment.IsZero() {
		return "not there"
	}
	return moment.Format(time.RFC3339Nano)
}
