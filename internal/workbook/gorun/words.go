package gorun

import (
	"cmp"
	"regexp"
	"slices"
	"strings"

	"example.com/authbook/internal/text"
	"example.com/authbook/internal/workbook/term"
)

// VerdictLine is a verdict in a sign and a few words.
func VerdictLine(ui *term.UI, v Verdict) (sign, words string) {
	switch v.Status {
	case Passes:
		return ui.Paint(term.Green, "✓"), cmp.Or(tableWords(ui.Language, v), ui.N(len(v.Rows), "%d row", "%d rows"))
	case Blank:
		return ui.Paint(term.Faint, "○"), ui.N(len(v.Rows), "to do, %d row", "to do, %d rows")
	case Waits:
		return ui.Paint(term.Yellow, "…"), ui.T("waits for %s", v.Failing[0].Todo())
	case Unknown:
		return ui.Paint(term.Yellow, "…"), ui.T("not known")
	case Untested:
		return ui.Paint(term.Red, "✗"), ui.T("no test ran: is its test file gone?")
	}
	return ui.Paint(term.Red, "✗"), cmp.Or(tableWords(ui.Language, v), FailingWords(ui.Language, v))
}

// FailingWords counts the rows that fail.
func FailingWords(in text.Language, v Verdict) string {
	return in.N(len(v.Rows), "%[2]d of %[1]d row fail", "%[2]d of %[1]d rows fail", len(v.Failing))
}

// tableWords says of a table of the learner's how it does, "" of other exercises.
// An impostor that fails because a row is wrong about the right server is not
// counted as missed: it waits.
func tableWords(in text.Language, v Verdict) string {
	isImpostor := func(r Row) bool { _, ok := ImpostorIn(r.Name); return ok }
	own := len(slices.DeleteFunc(slices.Clone(v.Rows), isImpostor))
	failing := slices.DeleteFunc(slices.Clone(v.Failing), Row.Waits) // what waits says nothing of the table
	wrong := len(slices.DeleteFunc(slices.Clone(failing), isImpostor))
	impostors, missed := len(v.Rows)-own, len(failing)-wrong
	switch {
	case !v.Exercise.Table || impostors == 0:
		return ""
	case wrong > 0:
		return in.N(impostors, "%[2]s; %[1]d impostor waits", "%[2]s; %[1]d impostors wait", wrongWords(in, wrong, own))
	}
	return UnmaskedWords(in, impostors-missed, impostors)
}

// PassingWords counts the exercises that are green.
func (r Report) PassingWords() string {
	return r.Chapter.N(len(r.Verdicts), "%[2]d of %[1]d exercise green", "%[2]d of %[1]d exercises green", r.Passing())
}

// wrongWords counts the rows of a table that are wrong.
func wrongWords(in text.Language, wrong, own int) string {
	if own == 1 {
		return in.T("your only row is wrong")
	}
	return in.N(wrong, "%d of your %d rows is wrong", "%d of your %d rows are wrong", own)
}

// UnmaskedWords counts the impostors that are unmasked.
func UnmaskedWords(in text.Language, unmasked, all int) string {
	return in.N(all, "%[2]d of %[1]d impostor unmasked", "%[2]d of %[1]d impostors unmasked", unmasked)
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

// InWords says how an exercise does that is not green, by the name that is shown of it.
func InWords(in text.Language, name string, v Verdict) string {
	switch {
	case v.Status == Blank:
		return in.T("%s is to do", name)
	case v.Status == Waits && v.Failing[0].Blames != "":
		return in.T("%s waits for %s, which is not right yet", name, v.Failing[0].Todo())
	case v.Status == Waits:
		return in.T("%s waits for %s", name, v.Failing[0].Todo())
	case v.Status == Unknown:
		return in.T("%s is not known", name)
	case v.Status == Untested:
		return in.T("%s has no test that ran", name)
	}
	return in.T("%s is not right yet", name)
}

// Flakiness says of a row that it passes now and then.
func Flakiness(in text.Language, r Row) string {
	if !r.Flaky() {
		return ""
	}
	return " " + in.T("(failed %d of %d times: luck does not count)", r.Failed, r.Failed+r.Passed)
}

// noise is a line that the test runner adds.
var noise = regexp.MustCompile(`^\s*(=== (RUN|PAUSE|CONT|NAME|ATTR)|--- FAIL:|Error Trace:|Test:\s)`)

// barePlace is a line that holds a place and nothing else. The path may have spaces; a tab
// stands between a label and its words.
var barePlace = regexp.MustCompile(`^\s+\S[^\t]*\.(go|s):\d+$`)

// Tidy takes out of a test's output what the test runner adds.
func Tidy(in text.Language, output string) []string {
	output = textDiff.ReplaceAllString(plain(output), "$1$2")
	var lines []string
	skipping := false
	for text := range strings.Lines(output) {
		text = term.Ellipsis(in, strings.TrimRight(text, "\n "), 400)
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
