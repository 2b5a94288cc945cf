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

// UsageError is a command line that is not understood.
type UsageError struct{ Text string }

// Error says what is not understood.
func (e UsageError) Error() string { return e.Text }

// ErrRed ends a command whose report says already what is not green.
var ErrRed = errors.New("not green")
