package term

import (
	"bufio"
	"errors"
	"io"

	"example.com/authbook/internal/text"
)

// Pipe returns the UI of a process that no terminal shows.
func Pipe(in io.Reader, out io.Writer) *UI {
	return &UI{
		Language:   text.Current(),
		In:         bufio.NewReader(in),
		Out:        out,
		Width:      80,
		SingleKeys: func() (func(), error) { return nil, errors.New("not a terminal") },
	}
}
