package main

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestDescribeDate(t *testing.T) {
	now := noon().Unix()
	at := func(ahead int64) string { return fmt.Sprint(now + ahead) }
	for _, row := range []struct {
		claim, raw string
		want       string
		bad        bool
	}{
		{"exp", at(720), "2026-07-01 12:12:00 UTC, expires in 12 minutes", false},
		{"exp", at(1), "2026-07-01 12:00:01 UTC, expires in 1 second", false},
		{"exp", at(0), "2026-07-01 12:00:00 UTC, expired 0 seconds ago", true},
		{"exp", at(-59), "2026-07-01 11:59:01 UTC, expired 59 seconds ago", true},
		{"exp", at(-60), "2026-07-01 11:59:00 UTC, expired 1 minute ago", true},
		{"exp", at(-3599), "2026-07-01 11:00:01 UTC, expired 59 minutes ago", true},
		{"exp", at(-3600), "2026-07-01 11:00:00 UTC, expired 1 hour ago", true},
		{"exp", at(-86400), "2026-06-30 12:00:00 UTC, expired 1 day ago", true},
		{"exp", at(-400 * 86400), "2025-05-27 12:00:00 UTC, expired 1 year ago", true},
		{"exp", "253402300799", "9999-12-31 23:59:59 UTC, expires in 7978 years", false},
		{"exp", "1782907020.9", "2026-07-01 11:57:00 UTC, expired 3 minutes ago", true},
		{"exp", "1.78290702e9", "2026-07-01 11:57:00 UTC, expired 3 minutes ago", true},
		{"iat", at(-120), "2026-07-01 11:58:00 UTC, issued 2 minutes ago", false},
		{"iat", at(120), "2026-07-01 12:02:00 UTC, issued in the future, in 2 minutes", true},
		{"nbf", at(-120), "2026-07-01 11:58:00 UTC, became valid 2 minutes ago", false},
		{"nbf", at(120), "2026-07-01 12:02:00 UTC, becomes valid in 2 minutes", true},
		{"exp", `"1782907020"`, "not a number of seconds", true},
		{"exp", `null`, "not a number of seconds", true},
		{"exp", `{}`, "not a number of seconds", true},
		{"exp", "-1", "not between the years 1970 and 9999", true},
		{"exp", "253402300800", "not between the years 1970 and 9999", true},
		{"exp", "1e300", "not between the years 1970 and 9999", true},
		{"exp", "1782907020000", "not between the years 1970 and 9999", true}, // milliseconds
	} {
		t.Run(row.claim+" "+row.raw, func(t *testing.T) {
			got := describeDate(row.claim, row.raw, noon())
			assert.Equal(t, date{row.claim, row.want, row.bad}, got)
		})
	}
}
