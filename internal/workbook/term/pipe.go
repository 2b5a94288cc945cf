package term

import (
	"bufio"
	"errors"
	"io"
)

// Pipe returns the UI of a process that no terminal shows.
func Pipe(in io.Reader, out io.Writer) *UI {
	return &UI{
		In:         bufio.NewReader(in),
		Out:        out,
		Width:      80,
		SingleKeys: func() (func(), error) { return nil, errors.New("not a terminal") },
	}
}
