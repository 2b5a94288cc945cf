package term

import (
	"fmt"
	"strings"
	"time"
)

// Progress shows on a terminal that something takes its time. The function
// that it returns ends that.
func (u *UI) Progress(what string) (done func()) {
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
		fmt.Fprint(u.Out, u.Paint(Faint, widths().Truncate(what+" …", u.Width-1, "")))
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
func (u *UI) Tick(ok bool, format string, args ...any) {
	sign := u.Paint(Green, "✓")
	if !ok {
		sign = u.Paint(Red, "✗")
	}
	u.Item(sign, fmt.Sprintf(format, args...))
}

// Item prints sentences behind a sign, wrapped where a terminal would break them.
func (u *UI) Item(sign, text string) {
	for _, line := range WrapLine(text, max(u.LineWidth()-4, 30)) {
		u.Say("  %s %s", sign, line)
		sign = " "
	}
}

// Ticks prints problems, or one line that there is none.
func (u *UI) Ticks(problems []string, none string) {
	if len(problems) == 0 {
		u.Tick(true, "%s", none)
	}
	for _, p := range problems {
		u.Tick(false, "%s", p)
	}
}
