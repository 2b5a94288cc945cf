package main

import (
	"bufio"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/mattn/go-runewidth"
)

// ui is the learner's side of a command.
type ui struct {
	in     *bufio.Reader
	out    io.Writer
	color  bool
	width  int  // in columns
	screen bool // out is a terminal
	size   func() (width int, screen bool)
	keys   func() (restore func(), err error)
}

// terminal returns the ui of a process.
func terminal(in, out *os.File, getenv func(string) string) *ui {
	u := &ui{
		in:   bufio.NewReader(in),
		out:  out,
		size: func() (int, bool) { return terminalWidth(out) },
	}
	u.keys = func() (func(), error) { return u.rawKeys(in) }
	u.measure()
	u.color = u.screen && getenv("NO_COLOR") == "" && getenv("TERM") != "dumb"
	if u.color {
		understandColors(out)
	}
	return u
}

// rawKeys is singleKeys, with an output that fits a terminal in that state.
func (u *ui) rawKeys(in *os.File) (restore func(), err error) {
	before, err := singleKeys(in)
	if err != nil {
		return nil, err
	}
	out := u.out
	u.out = rawWriter{out}
	return func() {
		u.out = out
		before()
	}, nil
}

// measure finds out how wide the terminal is now.
func (u *ui) measure() {
	width, screen := u.size()
	if !screen {
		width = 80
	}
	u.width, u.screen = min(width, 100), screen // longer lines are hard to read
}

// say prints one line.
func (u *ui) say(format string, args ...any) {
	fmt.Fprintf(u.out, format+"\n", args...)
}

// tell prints sentences, wrapped.
func (u *ui) tell(format string, args ...any) {
	for _, line := range u.wrap(fmt.Sprintf(format, args...), 0) {
		u.say("%s", line)
	}
}

// The colours of the report.
const (
	red    = "31"
	green  = "32"
	yellow = "33"
	faint  = "2"
	bold   = "1"
)

// paint colours a text where colours show.
func (u *ui) paint(color, text string) string {
	if !u.color {
		return text
	}
	return "\x1b[" + color + "m" + text + "\x1b[0m"
}

// columnsOf is how many columns of a terminal a text takes. The locale has no
// say: a letter of Hangul takes two, and one of ambiguous width takes one.
func columnsOf(text string) int { return widths().StringWidth(text) }

func widths() *runewidth.Condition {
	return &runewidth.Condition{EastAsianWidth: false, StrictEmojiNeutral: true}
}

// pad fills a text with spaces up to a width.
func pad(text string, width int) string { return widths().FillRight(text, width) }

// label prints "  edit   text". It never breaks the text: most are there to be
// clicked or copied. What explains it, behind three spaces, goes below where
// there is no room.
func (u *ui) label(name, text string) {
	head := "  " + u.paint(bold, pad(name, 6)) + " "
	command, why, explained := strings.Cut(text, "   ")
	if !explained || 9+columnsOf(text) <= u.width {
		u.say("%s%s", head, text)
		return
	}
	u.say("%s%s", head, command)
	for _, line := range u.wrap(strings.TrimLeft(why, " "), 9) {
		u.say("%9s%s", "", line)
	}
}

// columns prints a text behind a name, wrapped in a column that begins at some
// width. Where the terminal is too narrow for that, the text goes below.
func (u *ui) columns(name string, at int, text string) {
	if u.width-at < 30 {
		u.say("%s", name)
		name, at = "", 4
	}
	if columnsOf(name) >= at { // no room for a space
		u.say("%s", name)
		name = ""
	}
	for _, line := range u.wrap(text, at) {
		u.say("%s%s", pad(name, at), line)
		name = ""
	}
}

// prose is label for sentences: wrapped, in one column.
func (u *ui) prose(name, text string) {
	for i, line := range u.wrap(text, 9) {
		if i > 0 {
			name = ""
		}
		u.label(name, line)
	}
}

// wrap breaks a text into lines that leave room for an indentation. Lines of
// the text that are indented, such as code, stay as they are.
func (u *ui) wrap(text string, indent int) []string {
	var lines []string
	for line := range strings.SplitSeq(text, "\n") {
		if strings.HasPrefix(line, " ") || strings.HasPrefix(line, "\t") {
			lines = append(lines, line)
			continue
		}
		lines = append(lines, wrapLine(line, max(u.width-indent, 30))...)
	}
	return lines
}

// wrapLine breaks one line between words. It leaves the spaces alone: they may
// be what a test is about.
func wrapLine(line string, width int) []string {
	var lines []string
	for columnsOf(line) > width {
		fits := len(widths().Truncate(line, width, ""))
		space := strings.LastIndexByte(line[:fits+1], ' ') // one more: the space may stand behind
		if space < 0 {
			space = strings.IndexByte(line, ' ')
		}
		if space < 0 {
			break
		}
		lines = append(lines, line[:space])
		line = line[space+1:]
	}
	return append(lines, line)
}

// asks puts a question whose answer is no unless it is y or yes.
func (u *ui) asks(question string) bool {
	fmt.Fprintf(u.out, "%s [y/N] ", question)
	answer, _ := u.in.ReadString('\n')
	if !strings.HasSuffix(answer, "\n") {
		u.say("") // the input ended: the answer did not end the line
	}
	answer = strings.ToLower(strings.TrimSpace(answer))
	return answer == "y" || answer == "yes"
}

// answer puts a question that is answered in one line, perhaps an empty one.
func (u *ui) answer(question string) string {
	fmt.Fprintf(u.out, "%s ", question)
	answer, _ := u.in.ReadString('\n')
	if !u.screen || !strings.HasSuffix(answer, "\n") {
		u.say("") // nobody typed the end of the line
	}
	return strings.TrimSpace(answer)
}

// bar is a progress bar of ten cells.
func bar(done, all int) string {
	full := 0
	if all > 0 {
		full = 10 * done / all
	}
	return strings.Repeat("█", full) + strings.Repeat("░", 10-full)
}
