package term

import (
	"context"
	"fmt"
	"os"
	"os/signal"
	"strings"

	"example.com/authbook/internal/text"
)

// Asks puts a question whose answer is no unless it is y or yes.
func (u *UI) Asks(question text.Key, args ...any) bool {
	fmt.Fprintf(u.Out, "%s [y/N] ", u.T(question, args...))
	answer := u.readLine()
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
	fmt.Fprintf(u.Out, "%s ", u.T(question, args...))
	answer = u.readLine()
	more = strings.HasSuffix(answer, "\n")
	if !u.Screen || !more {
		u.Say("") // nobody typed the end of the line
	}
	return strings.TrimSpace(answer), more
}

// readLine reads a line. Ctrl-C ends it, as the end of the input does: while the
// terminal is read, nothing else would hear it.
func (u *UI) readLine() string {
	interrupted := make(chan os.Signal, 1)
	signal.Notify(interrupted, os.Interrupt)
	defer signal.Stop(interrupted)
	typed := make(chan string, 1)
	go func() {
		line, _ := u.In.ReadString('\n')
		typed <- line
	}()
	select {
	case line := <-typed:
		return line
	case <-interrupted:
		return ""
	}
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
