package gorun

import (
	"regexp"
	"slices"
	"strings"

	"example.com/authbook/internal/text"
	"example.com/authbook/internal/workbook/term"
)

// Brief is what a failed row wrote, short enough for a small terminal: its first
// complaint whole, and each other one on a line.
func Brief(in text.Language, output string) []string {
	parts := complaints(Tidy(in, output))
	if len(parts) == 0 {
		return nil
	}
	lines := Spoken(in, withoutWhatIsEqual(in, sayOnce(parts[0])))
	for _, part := range parts[1:] {
		lines = append(lines, in.T("also %s", inOneLine(in, part)))
	}
	return lines
}

// Spoken are lines of a test in the reader's language.
func Spoken(in text.Language, lines []string) (all []string) {
	for _, line := range lines {
		all = append(all, in.TestLine(line)...)
	}
	return all
}

// Gist is the first complaint of a failed row in one line.
func Gist(in text.Language, output string) string {
	if parts := complaints(Tidy(in, output)); len(parts) > 0 {
		return inOneLine(in, parts[0])
	}
	return ""
}

// complaint is the line with which one begins: the place of an assertion.
var complaint = regexp.MustCompile(`^\S+_test\.go:\d+:`)

// complaints splits the lines of a row into its complaints.
func complaints(lines []string) (parts [][]string) {
	for _, line := range lines {
		if len(parts) == 0 || complaint.MatchString(line) {
			parts = append(parts, nil)
		}
		parts[len(parts)-1] = append(parts[len(parts)-1], line)
	}
	return parts
}

// values match what testify says of two values that differ.
var (
	expectedValue = regexp.MustCompile(`^(\s*expected: )(.*)$`)
	actualValue   = regexp.MustCompile(`^(\s*actual  : )(.*)$`)
)

// inOneLine is a complaint's place and its values, or the first words of it.
func inOneLine(in text.Language, lines []string) string {
	place, said, _ := strings.Cut(lines[0], ": ")
	if i := slices.IndexFunc(lines, expectedValue.MatchString); i >= 0 && i+1 < len(lines) {
		want, got := expectedValue.FindStringSubmatch(lines[i]), actualValue.FindStringSubmatch(lines[i+1])
		if got != nil {
			return in.T("%s: expected %s, got %s", strings.TrimSuffix(place, ":"), term.Ellipsis(in, want[2], 40),
				term.Ellipsis(in, got[2], 40))
		}
	}
	if said == "" && len(lines) > 1 {
		said = strings.TrimSpace(strings.TrimPrefix(strings.TrimSpace(in.TestLine(lines[1])[0]), "Error:"))
	}
	return strings.TrimSuffix(place, ":") + ": " + term.Ellipsis(in, in.Said(said), 100)
}

// sayOnce keeps of two values that differ what says most: the values themselves, or
// where one is too long for a line, what testify's diff has of each.
func sayOnce(lines []string) []string {
	i := slices.IndexFunc(lines, expectedValue.MatchString)
	diff := slices.IndexFunc(lines, func(line string) bool { return strings.TrimSpace(line) == "Diff:" })
	if i < 0 || diff < i+2 {
		return lines
	}
	end := diff + 1
	for end < len(lines) && !strings.HasPrefix(strings.TrimSpace(lines[end]), "Messages:") {
		end++
	}
	isShort := func(line string, of *regexp.Regexp) bool {
		value := of.FindStringSubmatch(line)
		return value != nil && len(value[2]) <= longValue
	}
	if isShort(lines[i], expectedValue) && isShort(lines[i+1], actualValue) {
		return slices.Concat(lines[:diff], lines[end:])
	}
	same := func(line string) bool { return !differs.MatchString(line) }
	return slices.Concat(lines[:i], slices.DeleteFunc(slices.Clone(lines[diff:end]), same), lines[end:])
}

// differs matches a line of a diff that one of the two values has, and the two that say
// which is which.
var differs = regexp.MustCompile(`^\s*[-+]`)

// withoutWhatIsEqual leaves out how two long values begin, where they begin alike:
// of two tokens it shows the end that differs.
func withoutWhatIsEqual(in text.Language, lines []string) []string {
	lines = slices.Clone(lines)
	i := slices.IndexFunc(lines, expectedValue.MatchString)
	if i < 0 || i+1 >= len(lines) || !actualValue.MatchString(lines[i+1]) {
		return lines
	}
	want, got := expectedValue.FindStringSubmatch(lines[i]), actualValue.FindStringSubmatch(lines[i+1])
	same := 0
	for same < min(len(want[2]), len(got[2])) && want[2][same] == got[2][same] {
		same++
	}
	if same < longValue || !strings.HasPrefix(want[2], `"`) {
		same = 0
	}
	lines[i], lines[i+1] = want[1]+theRest(in, want[2], same), got[1]+theRest(in, got[2], same)
	return lines
}

// longValue is how many letters of a value fit into a line of a small terminal.
const longValue = 50

// theRest is a value from a place on, and no longer than a line.
func theRest(in text.Language, value string, from int) string {
	rest := term.Ellipsis(in, strings.ToValidUTF8(value[from:], ""), longValue)
	if from == 0 {
		return rest
	}
	return in.T("after %d equal characters: %s", from-1, rest)
}
