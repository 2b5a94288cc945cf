package term

import (
	"errors"
	"strings"
	"unicode"
)

// Refusal says what is in the way and what to do about it.
type Refusal struct {
	what string
	do   []string
}

// Error is the sentence, and below it the commands.
func (r Refusal) Error() string {
	return strings.Join(append([]string{r.what}, r.do...), "\n  ")
}

// Refuse returns an error of one sentence, with the commands to type below it.
func Refuse(what string, do ...string) error {
	return Refusal{what, do}
}

// laidOut is an error as a terminal shows it: no word is broken, and what explains a
// command, behind three spaces, goes below where there is no room.
func (u *UI) laidOut(said string) string {
	var lines []string
	for line := range strings.SplitSeq(said, "\n") {
		lines = append(lines, u.fit(line)...)
	}
	return strings.Join(lines, "\n")
}

func (u *UI) fit(line string) []string {
	if ColumnsOf(line) <= u.LineWidth() {
		return []string{line}
	}
	words := strings.TrimLeft(line, " ")
	indent := len(line) - len(words)
	if command, why, explained := strings.Cut(words, "   "); explained {
		why = strings.Join(u.Wrap(strings.TrimLeft(why, " "), 9), "\n"+strings.Repeat(" ", 9))
		return []string{line[:indent] + command, strings.Repeat(" ", 9) + why}
	}
	if indent > 0 && !strings.ContainsFunc(words, isHangul) {
		return []string{line} // a command stays whole, to be copied
	}
	return []string{line[:indent] + strings.Join(u.Wrap(words, indent), "\n"+line[:indent])}
}

func isHangul(r rune) bool { return unicode.Is(unicode.Hangul, r) }

// UsageError is a command line that is not understood.
type UsageError struct{ Text string }

// Error says what is not understood.
func (e UsageError) Error() string { return e.Text }

// ErrRed ends a command whose report says already what is not green.
var ErrRed = errors.New("not green")
