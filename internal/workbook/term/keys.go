package term

import (
	"bytes"
	"context"
	"io"
	"os"

	"golang.org/x/term"
)

// terminalWidth returns the columns of a terminal, and false for a pipe or a
// file.
func terminalWidth(f *os.File) (int, bool) {
	width, _, err := term.GetSize(int(f.Fd()))
	if err != nil {
		return 0, false
	}
	if width == 0 { // some terminals do not know
		width = 80
	}
	return width, true
}

// ctrlC is what a terminal hands over for Ctrl-C while it hands over each key.
const ctrlC = 3

// singleKeys lets a terminal hand over each key at once and unseen, Ctrl-C
// among them. restore undoes it.
func singleKeys(f *os.File) (restore func(), err error) {
	fd := int(f.Fd())
	before, err := term.MakeRaw(fd)
	if err != nil {
		return nil, err
	}
	return func() { _ = term.Restore(fd, before) }, nil
}

// rawKeys is singleKeys, with an output that fits a terminal in that state.
func (u *UI) rawKeys(in *os.File) (restore func(), err error) {
	before, err := singleKeys(in)
	if err != nil {
		return nil, err
	}
	out := u.Out
	u.Out = rawWriter{out}
	return func() {
		u.Out = out
		before()
	}, nil
}

// rawWriter writes for a terminal that hands over each key: it moves to the
// next line only, and not to its beginning.
type rawWriter struct{ io.Writer }

// Write returns len(p) when all is written, as callers expect.
func (w rawWriter) Write(p []byte) (int, error) {
	if _, err := w.Writer.Write(bytes.ReplaceAll(p, []byte("\n"), []byte("\r\n"))); err != nil {
		return 0, err
	}
	return len(p), nil
}

// ReadKeys hands over what is typed, one byte at a time, until the input ends.
// Ctrl-C calls interrupt at once, whatever waits to be read.
func (u *UI) ReadKeys(ctx context.Context, interrupt func()) <-chan byte {
	keys := make(chan byte, 16)
	go func() {
		defer close(keys)
		for {
			key, err := u.In.ReadByte()
			if err != nil {
				return
			}
			if key == ctrlC {
				interrupt()
				return
			}
			select {
			case keys <- key:
			case <-ctx.Done():
				return
			}
		}
	}()
	return keys
}
