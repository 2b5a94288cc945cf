package term

import (
	"errors"
	"strings"
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
		command, why, explained := strings.Cut(line, "   ")
		switch {
		case ColumnsOf(line) <= u.LineWidth():
			lines = append(lines, line)
		case explained:
			lines = append(lines, command)
			for _, part := range u.Wrap(strings.TrimLeft(why, " "), 9) {
				lines = append(lines, strings.Repeat(" ", 9)+part)
			}
		default: // a command, which is indented, stays whole
			lines = append(lines, u.Wrap(line, 0)...)
		}
	}
	return strings.Join(lines, "\n")
}

// UsageError is a command line that is not understood.
type UsageError struct{ Text string }

// Error says what is not understood.
func (e UsageError) Error() string { return e.Text }

// ErrRed ends a command whose report says already what is not green.
var ErrRed = errors.New("not green")
