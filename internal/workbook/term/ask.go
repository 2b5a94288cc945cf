package term

import (
	"context"
	"fmt"
	"strings"

	"example.com/authbook/internal/text"
)

// Asks puts a question whose answer is no unless it is y or yes.
func (u *UI) Asks(question text.Key, args ...any) bool {
	fmt.Fprintf(u.Out, "%s [y/N] ", text.T(question, args...))
	answer, _ := u.In.ReadString('\n')
	if !strings.HasSuffix(answer, "\n") {
		u.Say("") // the input ended: the answer did not end the line
	}
	answer = strings.ToLower(strings.TrimSpace(answer))
	return answer == "y" || answer == "yes"
}

// Answer puts a question that is answered in one line, perhaps an empty one.
func (u *UI) Answer(question text.Key, args ...any) string {
	answer, _ := u.Line(question, args...)
	return answer
}

// Line is Answer, and reports whether there may be more lines: false is the end of
// the input.
func (u *UI) Line(question text.Key, args ...any) (answer string, more bool) {
	fmt.Fprintf(u.Out, "%s ", text.T(question, args...))
	answer, _ = u.In.ReadString('\n')
	more = strings.HasSuffix(answer, "\n")
	if !u.Screen || !more {
		u.Say("") // nobody typed the end of the line
	}
	return strings.TrimSpace(answer), more
}

// ReadLines hands over what is typed, line by line, until the input ends.
func (u *UI) ReadLines(ctx context.Context) <-chan string {
	lines := make(chan string)
	go func() {
		defer close(lines)
		for {
			line, err := u.In.ReadString('\n')
			if err != nil {
				return
			}
			select {
			case lines <- strings.TrimSpace(line):
			case <-ctx.Done():
				return
			}
		}
	}()
	return lines
}
