package term

import (
	"os"

	"golang.org/x/sys/windows"
)

// understandColors asks an old console to read escape sequences, as new ones do.
func understandColors(f *os.File) {
	console := windows.Handle(f.Fd())
	var mode uint32
	if windows.GetConsoleMode(console, &mode) == nil {
		_ = windows.SetConsoleMode(console, mode|windows.ENABLE_VIRTUAL_TERMINAL_PROCESSING)
	}
}
