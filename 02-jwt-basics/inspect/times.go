package main

import (
	"encoding/json"
	"fmt"
	"strconv"
	"time"
)

// date is one of a token's dates in words.
type date struct {
	name, words string
	bad         bool // a verifier would refuse the token for it
}

// datesIn returns the dates of the payload (RFC 7519 sections 4.1.4 to 4.1.6).
func datesIn(payload json.RawMessage, now time.Time) []date {
	var members map[string]json.RawMessage
	if json.Unmarshal(payload, &members) != nil {
		return nil
	}
	var dates []date
	for _, name := range []string{"iat", "nbf", "exp"} {
		if raw, ok := members[name]; ok {
			dates = append(dates, describeDate(name, string(raw), now))
		}
	}
	return dates
}

// year10000 is the first second that a date of four-digit years can't say.
const year10000 = 253402300800

// describeDate says a NumericDate in words. Fractions of a second are dropped.
func describeDate(name, raw string, now time.Time) date {
	seconds, err := strconv.ParseFloat(raw, 64)
	if err != nil {
		return date{name, "not a number of seconds", true}
	}
	if seconds < 0 || seconds >= year10000 {
		return date{name, "not between the years 1970 and 9999", true}
	}
	at := time.Unix(int64(seconds), 0).UTC()
	ahead := at.Unix() - now.Unix()
	words, bad := phrase(name, ahead)
	return date{name, at.Format("2006-01-02 15:04:05 UTC") + ", " + words, bad}
}

// phrase says how far a date lies ahead, in seconds, or behind.
func phrase(name string, ahead int64) (words string, bad bool) {
	future := ahead > 0
	switch {
	case name == "exp" && future:
		return "expires in " + span(ahead), false
	case name == "exp":
		return "expired " + span(-ahead) + " ago", true
	case name == "nbf" && future:
		return "becomes valid in " + span(ahead), true
	case name == "nbf":
		return "became valid " + span(-ahead) + " ago", false
	case future:
		return "issued in the future, in " + span(ahead), true
	}
	return "issued " + span(-ahead) + " ago", false
}

// span says a number of seconds in its largest unit, rounded down.
func span(seconds int64) string {
	const minute, hour, day, year = 60, 3600, 86400, 365 * 86400
	switch {
	case seconds < minute:
		return count(seconds, "second")
	case seconds < hour:
		return count(seconds/minute, "minute")
	case seconds < day:
		return count(seconds/hour, "hour")
	case seconds < year:
		return count(seconds/day, "day")
	}
	return count(seconds/year, "year")
}

func count(n int64, unit string) string {
	if n == 1 {
		return "1 " + unit
	}
	return fmt.Sprintf("%d %ss", n, unit)
}
