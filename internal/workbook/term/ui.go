package term

import (
	"bufio"
	"fmt"
	"io"
	"math"
	"os"

	"example.com/authbook/internal/text"
)

// UI is the learner's side of a command.
type UI struct {
	text.Language // that it speaks

	In     *bufio.Reader
	Out    io.Writer
	Width  int  // of a line, in columns
	Screen bool // Out is a terminal
	// SingleKeys lets the terminal hand over each key at once, until restore.
	// The error says that there is no terminal.
	SingleKeys func() (restore func(), err error)

	color bool
	links bool   // the terminal shows links
	root  string // of the files to link to, "" for none
	size  func() (width int, screen bool)
}

// Open returns the UI of a process.
func Open(in, out *os.File, getenv func(string) string) *UI {
	u := &UI{
		Language: text.Current(),
		In:       bufio.NewReader(in),
		Out:      out,
		size:     func() (int, bool) { return terminalWidth(out) },
	}
	u.SingleKeys = func() (func(), error) { return u.rawKeys(in) }
	u.Measure()
	u.color = u.Screen && getenv("NO_COLOR") == "" && getenv("TERM") != "dumb"
	u.links = u.color && showsLinks(getenv)
	if u.color {
		understandColors(out)
	}
	return u
}

// Measure finds out how wide the terminal is now.
func (u *UI) Measure() {
	width, screen := u.size()
	if !screen {
		width = 80
	}
	u.Width, u.Screen = min(width, 100), screen // longer lines are hard to read
}

// Say prints one line, as [text.Language.T] has it.
func (u *UI) Say(format text.Key, args ...any) {
	fmt.Fprintln(u.Out, u.linked(u.T(format, args...)))
}

// Note prints one line that nothing stops for.
func (u *UI) Note(format text.Key, args ...any) {
	u.Say("%s %s", u.Paint(Yellow, u.T("note:")), u.T(format, args...))
}

// Tell prints sentences, wrapped.
func (u *UI) Tell(format text.Key, args ...any) {
	for _, line := range u.Wrap(u.T(format, args...), 0) {
		u.Say("%s", line)
	}
}

// The colours of the report.
const (
	Red    = "31"
	Green  = "32"
	Yellow = "33"
	Faint  = "2"
	Bold   = "1"
)

// Paint colours a text where colours show.
func (u *UI) Paint(color, words string) string {
	if !u.color {
		return words
	}
	return "\x1b[" + color + "m" + words + "\x1b[0m"
}

// LineWidth is how long a line may be, without bound where no terminal shows it.
func (u *UI) LineWidth() int {
	if !u.Screen {
		return math.MaxInt
	}
	return u.Width
}

// Printer is the part of a [UI] that a layer needs which asks nothing.
type Printer interface {
	Say(format text.Key, args ...any)
	Note(format text.Key, args ...any)
	Paint(color, words string) string
	Label(name text.Key, words string)
	LineWidth() int
	Progress(what text.Key, args ...any) (done func())
}
