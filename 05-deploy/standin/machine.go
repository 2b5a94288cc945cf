//go:build unix

package main

import (
	"context"
	"io"
)

// machine is a stand-in: a booted one or, for who has no root, one in a folder.
type machine interface {
	prepare() error // says what is missing here
	up(ctx context.Context, stdout io.Writer) error
	status(stdout io.Writer) error
	down(ctx context.Context, stdout io.Writer) error

	isBooted() bool
	path(name string) string // of a file that is kept of it
	address() string
	visitor() visitor // who knows it by its address
	shipCommand() string
	remark() string // what who ships to it has to know besides; "" or lines
	// shell runs a script as its root, and returns what it printed.
	shell(ctx context.Context, stdin io.Reader, script string) (string, error)
}

// choose returns the stand-in of a name. Where there is one in a folder, or one is
// wanted, it is that one.
func choose(name string, wanted bool) (machine, error) {
	h, err := newHere(name)
	if err != nil || wanted || h.exists() {
		return h, err
	}
	return newGuest(name)
}
