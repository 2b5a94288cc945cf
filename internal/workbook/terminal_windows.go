package main

import (
	"os"

	"golang.org/x/sys/windows"
)

// terminalWidth returns the columns of a terminal, and false for a pipe or a
// file.
func terminalWidth(f *os.File) (int, bool) {
	var info windows.ConsoleScreenBufferInfo
	if err := windows.GetConsoleScreenBufferInfo(windows.Handle(f.Fd()), &info); err != nil {
		return 0, false
	}
	understandColors(windows.Handle(f.Fd()))
	return int(info.Window.Right-info.Window.Left) + 1, true
}

// understandColors asks an old console to read escape sequences, as new ones do.
func understandColors(console windows.Handle) {
	var mode uint32
	if windows.GetConsoleMode(console, &mode) == nil {
		_ = windows.SetConsoleMode(console, mode|windows.ENABLE_VIRTUAL_TERMINAL_PROCESSING)
	}
}

// singleKeys lets a terminal hand over each key at once and unseen. Ctrl-C still
// works. restore undoes it.
func singleKeys(f *os.File) (restore func(), err error) {
	handle := windows.Handle(f.Fd())
	var before uint32
	if err := windows.GetConsoleMode(handle, &before); err != nil {
		return nil, err
	}
	raw := before &^ (windows.ENABLE_LINE_INPUT | windows.ENABLE_ECHO_INPUT)
	if err := windows.SetConsoleMode(handle, raw); err != nil {
		return nil, err
	}
	return func() { _ = windows.SetConsoleMode(handle, before) }, nil
}
