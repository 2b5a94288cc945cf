package term

import (
	"fmt"
	"strings"
	"time"

	"example.com/authbook/internal/text"
)

// Progress shows on a terminal that something takes its time. The function
// that it returns ends that.
func (u *UI) Progress(what text.Key, args ...any) (done func()) {
	if !u.Screen {
		return func() {}
	}
	stop, stopped := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(stopped)
		select {
		case <-stop:
			return
		case <-time.After(500 * time.Millisecond):
		}
		// A line that goes on below could not be taken away again.
		fmt.Fprint(u.Out, u.Paint(Faint, widths().Truncate(u.T(what, args...)+" …", u.Width-1, "")))
		<-stop
		fmt.Fprint(u.Out, "\r\x1b[K")
	}()
	return func() {
		close(stop)
		<-stopped
	}
}

// Bar is a progress bar of ten cells.
func Bar(done, all int) string {
	full := 0
	if all > 0 {
		full = 10 * done / all
	}
	return strings.Repeat("█", full) + strings.Repeat("░", 10-full)
}

// Tick prints one line behind a sign for yes or no.
func (u *UI) Tick(ok bool, format text.Key, args ...any) {
	sign := u.Paint(Green, "✓")
	if !ok {
		sign = u.Paint(Red, "✗")
	}
	u.Item(sign, u.T(format, args...))
}

// Item prints sentences behind a sign, wrapped where a terminal would break them.
func (u *UI) Item(sign, words string) {
	for _, line := range WrapLine(words, max(u.LineWidth()-4, 30)) {
		u.Say("  %s %s", sign, line)
		sign = " "
	}
}

// Ticks prints problems, or one line that there is none.
func (u *UI) Ticks(problems []string, none text.Key, args ...any) {
	if len(problems) == 0 {
		u.Tick(true, none, args...)
	}
	for _, p := range problems {
		u.Tick(false, "%s", p)
	}
}
