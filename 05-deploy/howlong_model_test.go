package deploy

import (
	"fmt"
	"strings"
	"time"
)

// howLongImpostor is a howLongModel with one mistake.
type howLongImpostor struct{ name, differs, flaw string }

var howLongImpostors = []howLongImpostor{
	{"rounds", "what is not full", "it rounded, so something looked older than it was"},
	{"one-is-enough", "the change of the unit", "it changed the unit at one, and a backup 47 hours old was \"1 days\" old"},
	{"minutes-late", "the change of the unit", "it said \"120 seconds\" where there are two minutes"},
	{"hours-late", "the change of the unit", "it said \"120 minutes\" where there are two hours"},
	{"days-late", "the change of the unit", "it said \"48 hours\" where there are two days"},
	{"minutes-of-a-clock", "the number", "it began again at 60 minutes, as a clock does: 119 minutes were 59"},
	{"hours-of-a-clock", "the number", "it began again at 24 hours, as a clock does: 47 hours were 23"},
	{"no-days", "the units", "it knew no days"},
	{"weeks", "the units", "it said weeks, which the comment does not know"},
	{"one-seconds", "the words", "it said \"1 seconds\""},
	{"just-now", "the words", "it said \"just now\" for nothing"},
	{"below-zero", "negative times", "it counted seconds below zero"},
	{"drops-the-sign", "negative times", "it dropped the sign, and what is to come had happened"},
}

// howLongUnit is a unit, and how many of them a clock shows before it begins again.
type howLongUnit struct {
	name string
	size time.Duration
	wrap time.Duration // 0: none
}

// howLongModel is HowLong, written another way, with one flaw or none: it looks for
// the largest unit that fits.
func howLongModel(flaw string, d time.Duration) string {
	switch {
	case d < 0 && flaw == "drops-the-sign":
		d = -d
	case d < 0 && flaw != "below-zero":
		d = 0
	}
	if d == 0 && flaw == "just-now" {
		return "just now"
	}
	unit := howLongUnitOf(flaw, d)
	if flaw == "rounds" {
		d = d.Round(unit.size)
	}
	count := d / unit.size
	if flaw == unit.name+"-of-a-clock" {
		count %= unit.wrap
	}
	words := fmt.Sprintf("%d %s", count, unit.name)
	if count == 1 && flaw != "one-seconds" && flaw != "one-is-enough" {
		words = strings.TrimSuffix(words, "s")
	}
	return words
}

// howLongUnitOf is the largest unit of which there are two, in the eyes of a model.
func howLongUnitOf(flaw string, d time.Duration) howLongUnit {
	const day = 24 * time.Hour
	units := []howLongUnit{{"weeks", 7 * day, 0}, {"days", day, 0}, {"hours", time.Hour, 24}, {"minutes", time.Minute, 60}}
	for _, unit := range units {
		least := 2 * unit.size
		switch {
		case unit.name == "weeks" && flaw != "weeks", unit.name == "days" && flaw == "no-days":
			continue
		case flaw == "one-is-enough":
			least = unit.size
		case flaw == unit.name+"-late":
			least++
		}
		if d >= least {
			return unit
		}
	}
	return howLongUnit{"seconds", time.Second, 0}
}
