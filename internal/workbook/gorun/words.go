package gorun

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"example.com/authbook/internal/workbook/term"
)

// VerdictLine is a verdict in a sign and a few words.
func VerdictLine(printer term.Printer, v Verdict) (sign, words string) {
	switch v.Status {
	case Passes:
		return printer.Paint(term.Green, "✓"), cmp.Or(tableWords(v), term.Count(len(v.Rows), "row"))
	case Blank:
		return printer.Paint(term.Faint, "○"), "to do, " + term.Count(len(v.Rows), "row")
	case Waits:
		return printer.Paint(term.Yellow, "…"), "waits for " + v.Failing[0].Todo()
	case Unknown:
		return printer.Paint(term.Yellow, "…"), "not known"
	case Untested:
		return printer.Paint(term.Red, "✗"), "no test ran: is its test file gone?"
	}
	return printer.Paint(term.Red, "✗"),
		cmp.Or(tableWords(v), fmt.Sprintf("%d of %s fail", len(v.Failing), term.Count(len(v.Rows), "row")))
}

// tableWords says of a table of the learner's how it does, "" of other exercises.
// An impostor that fails because a row is wrong about the right server is not
// counted as missed: it waits.
func tableWords(v Verdict) string {
	isImpostor := func(r Row) bool { _, ok := ImpostorIn(r.Name); return ok }
	own := len(slices.DeleteFunc(slices.Clone(v.Rows), isImpostor))
	failing := slices.DeleteFunc(slices.Clone(v.Failing), Row.Waits) // what waits says nothing of the table
	wrong := len(slices.DeleteFunc(slices.Clone(failing), isImpostor))
	impostors, missed := len(v.Rows)-own, len(failing)-wrong
	waiting := term.Count(impostors, "impostor") + " " + verb(impostors, "waits", "wait")
	switch {
	case !v.Exercise.Table || impostors == 0:
		return ""
	case wrong > 0:
		return fmt.Sprintf("%d of your %s %s wrong; %s", wrong, term.Count(own, "row"), verb(wrong, "is", "are"), waiting)
	}
	return fmt.Sprintf("%d of %s unmasked", impostors-missed, term.Count(impostors, "impostor"))
}

// Blind is the last impostor of a table, which survives. The learner hears in what it
// differs, and no name before the second hint: who knows a flaw finds its row without
// a thought.
func Blind(v Verdict) (Row, bool) {
	if !v.Exercise.Table || len(v.Failing) != 1 || v.Failing[0].Differs == "" {
		return Row{}, false
	}
	return v.Failing[0], true
}

// verb is the form of a verb that fits so many.
func verb(n int, one, many string) string {
	if n == 1 {
		return one
	}
	return many
}

// InWords is the half sentence behind an exercise's name.
func InWords(v Verdict) string {
	switch v.Status {
	case Blank:
		return "is to do"
	case Waits:
		words := "waits for " + v.Failing[0].Todo()
		if v.Failing[0].Blames != "" {
			words += ", which is not right yet"
		}
		return words
	case Unknown:
		return "is not known"
	case Untested:
		return "has no test that ran"
	}
	return "is not right yet"
}

// Flakiness says of a row that it passes now and then.
func Flakiness(r Row) string {
	if !r.Flaky() {
		return ""
	}
	return fmt.Sprintf(" (failed %d of %d times: luck does not count)", r.Failed, r.Failed+r.Passed)
}

// noise is a line that the test runner adds.
var noise = regexp.MustCompile(`^\s*(=== (RUN|PAUSE|CONT|NAME|ATTR)|--- FAIL:|Error Trace:|Test:\s)`)

// barePlace is a line that holds a place and nothing else.
var barePlace = regexp.MustCompile(`^\s+\S+\.(go|s):\d+$`)

// Tidy takes out of a test's output what the test runner adds.
func Tidy(output string) []string {
	output = textDiff.ReplaceAllString(plain(output), "$1$2")
	var lines []string
	skipping := false
	for text := range strings.Lines(output) {
		text = term.Ellipsis(strings.TrimRight(text, "\n "), 400)
		// An Error Trace may go on over lines that hold a place and nothing else.
		skipping = strings.Contains(text, "Error Trace:") || skipping && barePlace.MatchString(text)
		if skipping || noise.MatchString(text) || strings.TrimSpace(text) == "" {
			continue
		}
		lines = append(lines, strings.ReplaceAll(text, "\t", "  "))
	}
	return undent(lines)
}

// textDiff matches testify's diff of two texts, which says nothing that the two
// lines above it do not.
var textDiff = regexp.MustCompile(`(?m)(^\s+actual  : ".*\n)\s*^\s+Diff:\n(?:\s+[-+@ ].*\n)+?(\s+Messages:|\s+Test:|\z)`)

// undent removes the indentation that all lines share.
func undent(lines []string) []string {
	depth := -1
	for _, line := range lines {
		if d := len(line) - len(strings.TrimLeft(line, " ")); depth < 0 || d < depth {
			depth = d
		}
	}
	out := slices.Clone(lines)
	for i := range out {
		out[i] = out[i][depth:]
	}
	return out
}
